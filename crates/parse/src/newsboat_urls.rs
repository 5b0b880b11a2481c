//! newsboat's `urls` file: one address a line, with tags.
//! Never here: files, running what `exec:` or `filter:` name.

use super::opml::{Subscription, Subscriptions, web_address};
use newsprint_html::safe_text;

/// Lines at the beginning of a file that may be none of an address before the file is another one.
pub const MOST_WRONG: usize = 20;

/// Reads a `urls` file: `address "tag" "~A title"`, quoted parts with `\"` and `\\`, comments with `#`. A tag that begins with `~` is the title, one with `!` hides
/// the feed in newsboat, which is noted. Lines that newsboat would run or compute (`exec:`, `filter:`, `query:`) are reported,
/// never run.
///
/// After [`MOST_WRONG`] lines without an address it is not such a file, and the rest is not read.
pub fn read(bytes: &[u8]) -> Subscriptions {
    let (text, _) = super::feed::decode(bytes, None);
    let mut list = Subscriptions::default();
    for (number, line) in text.lines().enumerate() {
        let mut words = words(line);
        if words.is_empty() {
            continue;
        }
        if list.taken.is_empty() && list.left_out.len() >= MOST_WRONG {
            break;
        }
        let address = words.remove(0);
        let Some(url) = web_address(&address) else {
            let kind = ["exec:", "filter:", "query:", "file:"]
                .into_iter()
                .find(|kind| address.starts_with(kind));
            let reason = match kind {
                Some("query:") => "a newsboat query; make it a view",
                Some("file:") => "a file, not a web address",
                Some(_) => "a command; newsprint runs none",
                None => "not a web address",
            };
            let shown = safe_text::line(&address);
            list.left_out
                .push(format!("line {}: {shown}: {reason}", number + 1));
            continue;
        };
        let mut subscription = Subscription {
            url,
            line: number + 1,
            ..Subscription::default()
        };
        for word in words {
            let tag = safe_text::line(&word);
            match tag.strip_prefix('~') {
                Some(title) => subscription.title = title.trim().to_owned(),
                None if tag.is_empty() => {}
                None if tag.starts_with('!') => {
                    let shown = safe_text::line(&subscription.url);
                    let note = format!(
                        "{}{shown}: added, but not hidden as by newsboat's {tag}: \
                         to keep it out of the other lists, give it a tag of its own and mute that (M)",
                        subscription.place()
                    );
                    list.notes.push((subscription.url.clone(), note));
                }
                None => subscription.tags.push(tag),
            }
        }
        list.add(subscription);
    }
    list
}

/// The words of a line: parted by white space, or in double quotes; a `#` outside of quotes at a word's beginning ends it.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() && !rest.starts_with('#') {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut word = String::new();
            let mut end = quoted.len();
            let mut characters = quoted.char_indices();
            while let Some((at, c)) = characters.next() {
                match c {
                    '"' => {
                        end = at + 1;
                        break;
                    }
                    '\\' => word.extend(characters.next().map(|(_, c)| c)),
                    c => word.push(c),
                }
            }
            words.push(word);
            rest = quoted[end..].trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn addresses_titles_and_tags_are_taken() {
        let list = read(
            b"# my feeds\nhttps://one.example/feed news \"South Caucasus\" \"~One \\\"Paper\\\"\" !\n\n  https://two.example/#top # why\n---\n",
        );
        let [one, two] = &list.taken[..] else {
            panic!("{list:?}");
        };
        assert_eq!(one.url, "https://one.example/feed");
        assert_eq!(one.title, "One \"Paper\"");
        assert_eq!(one.tags, ["news", "South Caucasus"]);
        assert_eq!(two.url, "https://two.example/#top");
        assert_eq!(list.left_out, ["line 5: ---: not a web address"]);
        // Hiding a feed is newsboat's own: it is said that it is not kept.
        let [(_, note)] = &list.notes[..] else {
            panic!("{:?}", list.notes);
        };
        assert!(note.starts_with("line 2: https://one.example/feed: added, but not hidden"));
    }

    #[test]
    fn what_newsboat_would_run_is_reported() {
        let list = read(
            b"\"exec:~/bin/feed --all\" x\nfilter:sort:https://a.example/\n\"query:Unread:unread = \\\"yes\\\"\"\nfile:///tmp/feed.xml\nhttps://a.example/\nhttps://a.example/\n",
        );
        assert_eq!(list.taken.len(), 1);
        assert_eq!(
            list.left_out,
            [
                "line 1: exec:~/bin/feed --all: a command; newsprint runs none",
                "line 2: filter:sort:https://a.example/: a command; newsprint runs none",
                "line 3: query:Unread:unread = \"yes\": a newsboat query; make it a view",
                "line 4: file:///tmp/feed.xml: a file, not a web address",
                "line 6: https://a.example/: listed twice",
            ]
        );
    }
}
