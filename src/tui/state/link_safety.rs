//! What a link's text claims: the hosts that it names, and whether its address leads to one of them.
//! Never here: what is done about it.

use newsprint_html::layout::{Laid, Wrap};

/// Endings of files and programs that are no domain, or hardly ever one.
const FILES: &str = " 7z apk asp aspx avi bak bin bmp bz cfg conf cpp css csv db deb dll dmg doc docx \
     epub exe flac gif gz heic hpp htm html ics ini ipynb iso jar java jpeg jpg js json jsp jsx kt lock \
     log mjs mkv mov msi odp ods odt ogg ogv pdf php png ppt pptx rar rpm rst rtf scss sql srt svelte \
     svg swift tar tex tif tiff tmp toml ts tsx txt vue war wasm wav webm webp xhtml xls xlsx xml xz \
     yaml yml zip zst ";

/// The text of a link, as one line: where it stands in many places the first, unless another of them
/// names a host that it does not lead to.
pub fn text(laid: &Laid, index: u32) -> String {
    let url = laid.links.get(index as usize).map_or("", String::as_str);
    let texts = texts(laid, index);
    let lying = texts.iter().position(|text| misnamed(url, text).is_some());
    texts
        .into_iter()
        .nth(lying.unwrap_or(0))
        .unwrap_or_default()
}

/// The text at each place where a link stands: its number ends it.
fn texts(laid: &Laid, index: u32) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    for line in laid.lines.iter() {
        if line.wrap != Wrap::Glue && !text.is_empty() {
            text.push(' ');
        }
        for span in &line.spans {
            match (span.link == Some(index), span.marks.dim) {
                (true, false) => text.push_str(&span.text),
                (true, true) => texts.push(std::mem::take(&mut text)),
                (false, _) => {}
            }
        }
    }
    texts.push(text);
    texts
        .iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The host that an address leads to and the other one that its text names.
pub fn misnamed(url: &str, text: &str) -> Option<(String, String)> {
    let host = host_of(url)?;
    let says = named(text)
        .into_iter()
        .find(|says| !same_site(&host, says))?;
    Some((host, says))
}

/// The hosts that a text names.
fn named(text: &str) -> Vec<String> {
    // What is not seen parts no name, and what looks like a dot is one.
    let text: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            )
        })
        .map(|c| match c {
            '\u{ff0e}' | '\u{ff61}' | '\u{2024}' => '.',
            c => c,
        })
        .collect();
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        if let Some((_, behind)) = word.split_once("://") {
            let end = behind.find(['/', '?', '#', '\\']).unwrap_or(behind.len());
            // What stands before an `@` is no host, but looks like one.
            let mut parts: Vec<&str> = behind[..end].split('@').collect();
            let host = parts.pop().unwrap_or_default();
            let host = host.trim_matches(|c: char| !c.is_alphanumeric());
            found.extend(host_of(&format!("https://{host}")));
            rest = parts.first().copied().unwrap_or_default();
        } else if word.find('@').is_some_and(|at| !word[..at].contains('/')) {
            // An address of mail.
            continue;
        }
        found.extend(in_word(rest));
    }
    found
}

/// The hosts in a word without a scheme; what follows one as its path is passed over.
fn in_word(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    let mut before: Option<char> = None;
    for c in word.chars().chain(['\n']) {
        let part = c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        // Scripts that write no spaces: a name in Latin letters stands by itself.
        let other_script = before.is_some_and(|before| {
            before.is_alphanumeric() && c.is_alphanumeric() && dense(before) != dense(c)
        });
        if part && !other_script {
            run.push(c);
            before = Some(c);
            continue;
        }
        let run_was = std::mem::take(&mut run);
        let hosts = run_was.split("..").filter_map(bare_host);
        let count = found.len();
        found.extend(hosts);
        if found.len() > count && matches!(c, '/' | '?' | '#' | ':') {
            break;
        }
        before = None;
        if part {
            run.push(c);
            before = Some(c);
        }
    }
    found
}

/// Of a script that is written without spaces.
fn dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

/// A host that stands there without a scheme, told from abbreviations, initials, numbers and files.
fn bare_host(text: &str) -> Option<String> {
    let text = text.trim_matches(['.', '-']);
    let labels: Vec<&str> = text.split('.').collect();
    let [.., second, last] = labels.as_slice() else {
        return None;
    };
    let label = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let ending = last.to_lowercase();
    let word = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    let file = FILES.contains(&format!(" {ending} "));
    // README.md
    let notes = ending == "md" && **last == ending && !second.chars().any(char::is_lowercase);
    // J.K.Rowling
    let initials = second.chars().count() == 1
        && second.chars().all(char::is_alphabetic)
        && (!last.is_ascii()
            || last.starts_with(char::is_uppercase) && last.ends_with(char::is_lowercase));
    if !labels.iter().all(label) || !(word || last.starts_with("xn--")) || file || notes || initials
    {
        return None;
    }
    host_of(&format!("https://{text}"))
}

fn host_of(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_lowercase();
    (!host.is_empty()).then_some(host)
}

/// Whether one host is the other or below it.
fn same_site(one: &str, other: &str) -> bool {
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let (one, other) = (bare(one), bare(other));
    one == other || one.ends_with(&format!(".{other}")) || other.ends_with(&format!(".{one}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_names_another_host_is_noticed() {
        for text in [
            "bank.example",
            "Read on bank.example now",
            "BANK.EXAMPLE",
            "HTTPS://BANK.EXAMPLE/login",
            "(https://bank.example/login)",
            "“bank.example”,",
            "bank.example:443/login",
            "bank.example?login",
            "bank.example#top",
            "login|bank.example.",
            "our/partner:bank.example",
            "https://bank.example@evil.invalid/",
            "bank\u{ad}.exam\u{200b}ple",
            "wait...bank.example",
            "详见bank.example的报道",
            "банк.рф",
        ] {
            assert!(misnamed("https://evil.invalid/", text).is_some(), "{text}");
        }
        assert_eq!(
            misnamed("https://evil.invalid/", "see www.bank.example/a"),
            Some(("evil.invalid".into(), "www.bank.example".into()))
        );
    }

    #[test]
    fn words_with_dots_and_the_right_host_are_no_cause_for_alarm() {
        for text in [
            "e.g. the U.S. and U.S.-led forces",
            "report.pdf",
            "files/2024/report.final.PDF",
            "version 1.2.3, v2.0.rc1 and 3.5million",
            "Node.js or README.md",
            "J.K.Rowling and В.Иванов",
            "no... wait…what",
            "write to ada@bank.example",
            "a.m./p.m. and/or т.д.",
            "https://post.example/see/bank.example?u=bank.example",
            "post.example/bank.example",
            "news.post.example and WWW.POST.EXAMPLE.",
            "详见post.example的报道",
        ] {
            assert_eq!(misnamed("https://www.post.example/a", text), None, "{text}");
        }
        assert!(!same_site("notexample.org", "example.org"));
    }
}
