# Kills the program again and again and counts marks that are lost; prints what was lost and exits 1 then.
# Usage: python3 tests/kills.py target/debug/newsprint [ROUNDS]   (200; an absolute path)
#
# 1. Rescues: a store that is cut, emptied, removed or overwritten beside its copy of the marks; the next command is
#    killed before each of its system calls that change files (needs strace; between those nothing changes that could be
#    lost), by name and number; the one after it must have all marks.
# 2. Rounds: two readers, a refresh and scripts mark articles at once and are all killed with -9 at some moment. What a
#    script was told is done must be there afterwards, and whatever was there after any round is there after each later one.
#    In each tenth round the database is damaged as well, after a refresh that has written the copy.
import collections, json, os, pty, random, re, select, shutil, signal, subprocess, sys, tempfile, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

program = os.path.abspath(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 200
work = tempfile.mkdtemp()
os.environ.update(NO_PROXY='*', TERM='xterm-256color', HOME=work, LANG='C.UTF-8', BROWSER='true')
for name in list(os.environ):
    if name.startswith('NEWSPRINT_'):
        del os.environ[name]
random.seed(16)
ARTICLES = 60
# Opening may make a file; the descriptor that the last close closes holds SQLite's locks.
CHANGES = {'openat', 'open', 'creat', 'close', 'write', 'pwrite64', 'pwritev', 'writev', 'rename', 'renameat', 'renameat2',
           'unlink', 'unlinkat', 'ftruncate', 'truncate', 'mkdir', 'mkdirat', 'fallocate', 'copy_file_range', 'sendfile',
           'link', 'linkat', 'fchmod', 'chmod', 'fsync', 'fdatasync'}
more = 0


class Outlet(BaseHTTPRequestHandler):
    def do_GET(self):
        items = ''.join(
            f'<item><title>Story {n}</title><link>http://127.0.0.1/{n}</link><guid>{n}</guid>'
            f'<description>{"Words of story %d. " % n * 40}</description></item>' for n in range(ARTICLES + more))
        body = f'<rss version="2.0"><channel><title>Kills</title><link>/</link>{items}</channel></rss>'.encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/rss+xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # whoever asked was killed


server = Server(('127.0.0.1', 0), Outlet)
threading.Thread(target=server.serve_forever, daemon=True).start()
feed = f'http://127.0.0.1:{server.server_port}/feed'
config = work + '/config.toml'
with open(config, 'w') as file:
    file.write('[refresh]\nhost_gap = "0s"\ninterval = "0s"\nfull_text = "never"\n[reader]\nimages = "off"\n'
               f'[[outlet]]\nname = "x"\nurl = "{feed}"\nfeed = "{feed}"\n')


def command(data, *words):
    return [program, '--config', config, '--data-dir', data, *words]


def run(data, *words):
    return subprocess.run(command(data, *words), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)


def marked(data):
    """Addresses that are read, and starred."""
    found = {}
    for mark in ('read', 'starred'):
        ran = run(data, 'list', f'is:{mark}', '--json', '--limit', '10000')
        if ran.returncode:
            raise SystemExit(f'list ended with {ran.returncode}: {ran.stderr}')
        found[mark] = {json.loads(line)['url'] for line in ran.stdout.splitlines()}
    return found


def new_store(data):
    assert run(data, 'refresh', '-q').returncode == 0
    ids = [json.loads(line)['id'] for line in run(data, 'list', '--json', '--limit', '1000').stdout.splitlines()]
    assert run(data, 'mark', '--star', *map(str, ids[:20])).returncode == 0
    assert run(data, 'mark', '--read', *map(str, ids[10:40])).returncode == 0
    assert run(data, 'refresh', '-q', '--force').returncode == 0  # writes the copy
    return ids


def damage(data, how):
    database = data + '/newsprint.db'
    for beside in ('-wal', '-shm'):
        if os.path.exists(database + beside):
            os.remove(database + beside)
    size = os.path.getsize(database)
    if how == 'removed':
        os.remove(database)
        return
    with open(database, 'r+b') as file:
        if how == 'empty':
            file.truncate(0)
        elif how == 'cut':
            file.truncate(size // 3 // 4096 * 4096)
        elif how == 'zeroed':
            file.write(b'\0' * size)
        elif how == 'overwritten':
            for at in range(8192, size, 8192):
                file.seek(at)
                file.write(random.randbytes(4000))


def rescues():
    whole = work + '/whole'
    new_store(whole)
    before = marked(whole)
    lost = kills = 0
    for how in ('empty', 'removed', 'cut', 'zeroed', 'overwritten'):
        damaged = f'{work}/{how}'
        shutil.copytree(whole, damaged)
        damage(damaged, how)
        data = work + '/killed'

        def fresh():
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(damaged, data)
        fresh()
        calls = collections.Counter()
        traced = subprocess.run(['strace', '-f', '-o', work + '/trace', *command(data, 'list', '--limit', '1')],
                                stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert traced.returncode >= 0, traced.stderr
        # What happens before the folder is first looked at is the loader's.
        started = False
        begun = collections.Counter()
        for line in open(work + '/trace'):
            name = re.match(r'(?:\d+ +)?(\w+)\(', line)
            if name:
                started = started or data in line
                calls[name[1]] += 1
                if not started:
                    begun[name[1]] += 1
        for name, count in calls.items():
            if name not in CHANGES:
                continue
            for number in range(begun[name] + 1, count + 1):
                fresh()
                subprocess.run(['strace', '-f', '-o', '/dev/null', '-e', f'inject={name}:signal=KILL:when={number}',
                                *command(data, 'list', '--limit', '1')], stdin=subprocess.DEVNULL, capture_output=True)
                kills += 1
                ran = run(data, 'refresh', '-q', '--force')
                after = marked(data)
                if ran.returncode or any(before[mark] - after[mark] for mark in before):
                    lost += 1
                    print(f'{how}: killed at {name} {number}: {ran.stderr.strip()}, '
                          + ', '.join(f'{len(before[m] - after[m])} of {len(before[m])} {m} lost' for m in before))
        shutil.rmtree(damaged)
        print(f'{how}: {kills} kills so far, {lost} with marks lost', flush=True)
    return lost


class Reader:
    """A reader in a terminal of its own, whose keys go their own way."""

    def __init__(self, data, keys):
        self.keys = keys
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(program, command(data))

    def press(self):
        ready, room, _ = select.select([self.fd], [self.fd], [], 0)
        try:
            if ready:
                os.read(self.fd, 65536)
            if room:
                os.write(self.fd, random.choice(self.keys).encode())
        except OSError:
            pass  # it has ended

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def killed_rounds():
    global more
    data = work + '/rounds'
    ids = new_store(data)
    there = marked(data)
    lost, told = 0, 0
    for number in range(1, rounds + 1):
        more += 1
        # Neither reader takes marks away, so that what is marked once stays.
        readers = [Reader(data, ['j', 'j', 'k', '\r', 'q' if number % 3 else 'j', 'J']) for _ in range(2)]
        acknowledged, stop = [], threading.Event()
        running = []

        def script(mark, own):
            while not stop.is_set():
                one = random.choice(own)
                child = subprocess.Popen(command(data, 'mark', mark, str(one)), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                running.append(child)
                if child.wait() == 0:
                    acknowledged.append((mark, one))

        def cron():
            while not stop.is_set():
                child = subprocess.Popen(command(data, 'refresh', '-q', '--force'), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                running.append(child)
                child.wait()

        threads = [threading.Thread(target=script, args=('--star', ids[::2])),
                   threading.Thread(target=script, args=('--read', ids[1::2])), threading.Thread(target=cron)]
        addresses = {}
        for line in run(data, 'list', '--json', '--limit', '10000').stdout.splitlines():
            article = json.loads(line)
            addresses[article['id']] = article['url']
        ids = sorted(addresses)
        for thread in threads:
            thread.start()
        end = time.monotonic() + random.uniform(0.05, 1.2)
        while time.monotonic() < end:
            for reader in readers:
                reader.press()
            time.sleep(0.01)
        stop.set()
        for child in list(running):
            if child.poll() is None:
                child.kill()
        for reader in readers:
            reader.kill()
        for thread in threads:
            thread.join()
        if number % 10 == 0:
            run(data, 'refresh', '-q', '--force')
            damage(data, ['empty', 'removed', 'cut', 'zeroed', 'overwritten'][number // 10 % 5])
            ran = run(data, 'refresh', '-q', '--force')
            if ran.returncode:
                print(f'round {number}: refresh after damage ended with {ran.returncode}: {ran.stderr}')
                lost += 1
        after = marked(data)
        for mark, one in acknowledged:
            told += 1
            kind = 'starred' if mark == '--star' else 'read'
            if one in addresses and addresses[one] not in after[kind]:
                lost += 1
                print(f'round {number}: {kind} {addresses[one]} was told to be done and is not')
        for kind in there:
            gone = there[kind] - after[kind]
            if gone:
                lost += len(gone)
                print(f'round {number}: {kind} no more: {sorted(gone)}')
        there = after
        if number % 20 == 0:
            checked = run(data, 'doctor')
            print(f'{number} rounds: {told} marks of scripts, {len(there["read"])} read, {len(there["starred"])} starred, '
                  f'{lost} lost; doctor {checked.returncode}', flush=True)
    return lost


lost = 0
if shutil.which('strace'):
    lost += rescues()
else:
    print('no strace: rescues are not killed')
lost += killed_rounds()
shutil.rmtree(work, ignore_errors=True)
print(f'{lost} lost')
sys.exit(lost > 0)
