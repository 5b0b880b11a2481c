# Checks that digests are valid: python3 tests/digest_valid.py PROGRAM [ARGUMENTS…]
# such as `python3 tests/digest_valid.py target/debug/newsprint --data-dir FOLDER --config FOLDER/config.toml`.
# Each form is written twice and must be the same bytes. A mail must be read by Python's `email` without a defect, with
# text and HTML that decode, lines and headers within RFC 5322. An e-book must be a ZIP archive whose first file is the
# type, its parts well-formed, all that is named there and nothing else; where epubcheck is found (on the path, or as a
# JAR named by EPUBCHECK) it must say nothing. Prints what is wrong and exits 1.
import email, email.policy, os, re, shutil, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as tree

program = sys.argv[1:]
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)


def written(form, *more):
    folder = tempfile.mkdtemp()
    files = []
    for turn in '12':
        file = os.path.join(folder, turn + '.' + form)
        done = subprocess.run(program + ['digest', '--full', '--format', form, '-o', file, *more], stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(f'{form}: exit {done.returncode}: {done.stderr.decode()}')
        files.append(open(file, 'rb').read())
    check(files[0] == files[1], f'{form}: not the same bytes twice')
    return file, files[0]


def mail(data):
    check(re.search(rb'(?<!\r)\n', data) is None or b'\r\n' not in data, 'eml: line ends of two kinds')
    longest = max(len(line) for line in re.split(rb'\r?\n', data))
    check(longest <= 998, f'eml: a line of {longest} bytes')
    check(all(byte < 128 for byte in data), 'eml: bytes beyond ASCII')
    message = email.message_from_bytes(data, policy=email.policy.default)
    for name in ('From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version'):
        check(len(message.get_all(name) or []) == 1, f'eml: header {name}')
    for header, value in message.items():
        check(not getattr(value, 'defects', ()), f'eml: {header}: {getattr(value, "defects", ())}')
    check(message['Date'].datetime is not None, 'eml: no date')
    check(message.get_content_type() == 'multipart/alternative', 'eml: ' + message.get_content_type())
    kinds = []
    for part in message.walk():
        check(not part.defects, f'eml: {part.get_content_type()}: {part.defects}')
        if not part.is_multipart():
            kinds.append(part.get_content_type())
            try:
                part.get_payload(decode=True).decode(part.get_content_charset())
            except (LookupError, UnicodeDecodeError) as why:
                wrong.append(f'eml: {part.get_content_type()}: {why}')
    check(kinds == ['text/plain', 'text/html'], f'eml: parts {kinds}')


def book(file):
    archive = zipfile.ZipFile(file)
    check(archive.testzip() is None, 'epub: a file is damaged')
    names = archive.namelist()
    first = archive.infolist()[0]
    check(first.filename == 'mimetype' and first.compress_type == 0 and not first.extra, 'epub: the first file')
    check(archive.read('mimetype') == b'application/epub+zip', 'epub: mimetype')
    check(len(set(names)) == len(names), 'epub: a file twice')
    for name in names:
        if name.endswith(('.xml', '.opf', '.xhtml', '.ncx')):
            try:
                tree.fromstring(archive.read(name))
            except tree.ParseError as why:
                wrong.append(f'epub: {name}: {why}')
    container = tree.fromstring(archive.read('META-INF/container.xml'))
    package = container.findall('.//{*}rootfile')[0].get('full-path')
    folder = os.path.dirname(package)
    root = tree.fromstring(archive.read(package))
    items = {item.get('id'): item.get('href') for item in root.findall('.//{*}item')}
    named = {os.path.normpath(os.path.join(folder, href)) for href in items.values()}
    others = {name for name in names if name not in ('mimetype', package) and not name.startswith('META-INF/')}
    check(named == others, f'epub: named and there differ in {sorted(named ^ others)[:3]}')
    check(all(item.get('idref') in items for item in root.findall('.//{*}itemref')), 'epub: spine')
    jar = os.environ.get('EPUBCHECK')
    command = ['java', '-jar', jar] if jar else [shutil.which('epubcheck')]
    if not command[-1] or not os.path.exists(command[-1]):
        return print('epubcheck: not found, left out')
    done = subprocess.run(command + [file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    check(done.returncode == 0 and 'No errors or warnings' in done.stdout, 'epubcheck: ' + done.stdout[-2000:])
    print('epubcheck:', next((line for line in done.stdout.splitlines() if line.startswith('Messages')), 'no answer'))


for form in ('text', 'md', 'html'):
    written(form)
mail(written('eml', '--to', 'Osk Ö <osk@example.org>')[1])
book(written('epub')[0])
print('\n'.join(wrong) or 'digests: valid')
sys.exit(bool(wrong))
