//! Adding and removing `[[outlet]]` tables by cutting and pasting whole lines of the file's text, so that every
//! byte beside them stays, comments first of all.
//! Never here: views and tags (the room above), the file itself.

use std::collections::HashMap;
use std::ops::Range;

use toml_edit::{Document, Item, Key, Value};

use super::{EditError, HEADER};
use crate::config::address::names;
use crate::config::{EXAMPLE, name_of, web_address};
use newsprint_model::{Outlet, address_key, fold, nearest};

/// The text with `[[outlet]]` of this name and address added after the last of the outlets.
///
/// A text without outlets of its own gets the example's
/// outlets written out first, so that none disappears.
pub fn add_outlet(text: &str, outlet: &Outlet) -> Result<String, EditError> {
    let (text, mut refused) = add_outlets(text, std::slice::from_ref(outlet))?;
    match refused.pop() {
        Some((_, reason)) => Err(reason),
        None => Ok(text),
    }
}

/// As [`add_outlet`] for many. One with an empty name is written without: it is called after its host until a
/// refresh knows its title ([`name_outlets`]). Those that cannot be added are given back, by index, with the reason.
pub fn add_outlets(
    text: &str,
    added: &[Outlet],
) -> Result<(String, Vec<(usize, EditError)>), EditError> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let page = Page::read(text)?;
    let mut present = page.outlets.clone();
    let mut blocks = Vec::new();
    // Who has an account and no outlets has not got the example's.
    let has_accounts = super::document(text).is_ok_and(|document| document.contains_key("account"));
    if page.place == Place::Nowhere && !has_accounts {
        for outlet in examples()? {
            blocks.push(outlet.written());
            present.push(outlet);
        }
    }
    let mut names: HashMap<String, String> = HashMap::new();
    let mut addresses: HashMap<String, String> = HashMap::new();
    for outlet in present {
        for address in outlet.addresses.iter().filter(|one| !one.is_empty()) {
            addresses.insert(address_key(address), outlet.name.clone());
        }
        if outlet.named {
            names.insert(fold(&outlet.name), outlet.name);
        }
    }
    let mut refused = Vec::new();
    for (index, outlet) in added.iter().enumerate() {
        if let Some(reason) = refusal(outlet, &names, &addresses) {
            refused.push((index, reason));
            continue;
        }
        let name = match outlet.name.as_str() {
            "" => name_of(&outlet.url),
            name => {
                names.insert(fold(name), name.to_owned());
                name.to_owned()
            }
        };
        addresses.insert(address_key(&outlet.url), name);
        blocks.push(written(outlet));
    }
    if refused.len() == added.len() {
        return Ok((text.to_owned(), refused));
    }
    let new = page.with(&blocks);
    // Cut and pasted by lines: what cannot be read afterwards is not written.
    match Page::read(&new) {
        Ok(_) => Ok((new, refused)),
        Err(_) => Err(EditError::Unreadable(
            "no safe place for a new [[outlet]]; add it by hand".to_owned(),
        )),
    }
}

/// The text without the outlet of this name (compared without case and accents), and without the comment that
/// stands directly above it. What stands above the first outlet is as likely about the file, and stays.
pub fn remove_outlet(text: &str, name: &str) -> Result<String, EditError> {
    let text = if text.trim().is_empty() { HEADER } else { text };
    let page = Page::read(text)?;
    if page.place == Place::Nowhere {
        // The example's outlets become the reader's own, and then one of them goes.
        return remove_outlet(&with_examples(text)?, name);
    }
    let at = find(&page.outlets, name)?;
    let new = page.without(at);
    match Page::read(&new) {
        Ok(_) => Ok(new),
        Err(_) => Err(EditError::Unreadable(
            "the outlet cannot be removed safely; do it by hand".to_owned(),
        )),
    }
}

/// The text with names for outlets that have none: what each is called now, and its name from now on. One that
/// has a name by now is passed over.
pub fn name_outlets(text: &str, named: &[(String, String)]) -> Result<String, EditError> {
    let page = Page::read(text)?;
    let mut lines: Vec<String> = page.lines.iter().map(|line| (*line).to_owned()).collect();
    for (number, outlet) in page.outlets.iter().enumerate() {
        let new = named
            .iter()
            .find(|(now, _)| fold(now) == fold(&outlet.name));
        if let Some((_, new)) = new
            && !outlet.named
            && let Some(&header) = page.headers_of(number).first()
        {
            lines[header].push_str(&format!("name = {}{}", quoted(new), page.newline));
        }
    }
    let new = lines.concat();
    match Page::read(&new) {
        Ok(_) => Ok(new),
        Err(_) => Err(EditError::Unreadable(
            "no safe place for the names of outlets".to_owned(),
        )),
    }
}

/// Whether an outlet can have this name.
pub fn outlet_name(name: &str) -> Result<(), EditError> {
    if name.trim().is_empty() || name.contains(char::is_control) {
        let message = "a name must not be empty or contain control characters";
        return Err(EditError::Address(message.to_owned()));
    }
    Ok(())
}

fn refusal(
    outlet: &Outlet,
    names: &HashMap<String, String>,
    addresses: &HashMap<String, String>,
) -> Option<EditError> {
    if let Err(reason) = web_address(&outlet.url) {
        return Some(EditError::Address(reason));
    }
    if !outlet.name.is_empty()
        && let Err(reason) = outlet_name(&outlet.name)
    {
        return Some(reason);
    }
    if let Some(name) = addresses.get(&address_key(&outlet.url)) {
        let address = newsprint_model::without_password(&outlet.url);
        return Some(EditError::Exists(format!(
            "“{name}” already reads {address}"
        )));
    }
    names.get(&fold(&outlet.name)).map(|name| {
        EditError::Exists(format!(
            "outlet “{name}” exists already; choose another name (--name)"
        ))
    })
}

fn find(outlets: &[Known], name: &str) -> Result<usize, EditError> {
    let same = |outlet: &Known| fold(&outlet.name) == fold(name);
    outlets.iter().position(same).ok_or_else(|| {
        let known = outlets.iter().map(|outlet| outlet.name.as_str());
        let hint = nearest(name, known)
            .map_or(String::new(), |right| format!("; did you mean “{right}”?"));
        EditError::Missing(format!("no outlet “{name}”{hint}"))
    })
}

/// The text with the example's outlets written out, where it has no word of outlets.
pub(super) fn with_examples(text: &str) -> Result<String, EditError> {
    let page = Page::read(text)?;
    if page.place != Place::Nowhere {
        return Ok(text.to_owned());
    }
    let blocks: Vec<String> = examples()?.iter().map(Known::written).collect();
    Ok(page.with(&blocks))
}

/// The number of the outlet of this name.
pub(super) fn find_in(text: &str, name: &str) -> Result<usize, EditError> {
    find(&Page::read(text)?.outlets, name)
}

/// The outlets of the example.
fn examples() -> Result<Vec<Known>, EditError> {
    Ok(Page::read(EXAMPLE)?.outlets)
}

/// One outlet as a table, lines ended by `\n`.
fn written(outlet: &Outlet) -> String {
    let mut lines = vec!["[[outlet]]".to_owned()];
    if !outlet.name.is_empty() {
        lines.push(format!("name = {}", quoted(&outlet.name)));
    }
    lines.push(format!("url = {}", quoted(&outlet.url)));
    if let Some(feed) = &outlet.feed {
        lines.push(format!("feed = {}", quoted(feed)));
    }
    if !outlet.tags.is_empty() {
        let tags: Vec<String> = outlet.tags.iter().map(|tag| quoted(tag)).collect();
        lines.push(format!("tags = [{}]", tags.join(", ")));
    }
    if let Some(group) = &outlet.group {
        lines.push(format!("group = {}", quoted(group)));
    }
    lines.join("\n") + "\n"
}

pub(super) fn quoted(text: &str) -> String {
    // A text over several lines would not be one line of the file.
    Value::from(text.replace(['\r', '\n'], " ")).to_string()
}

/// What an outlet of the file is called, and the addresses it is read at.
#[derive(Debug, Clone)]
struct Known {
    name: String,
    /// The file says so.
    named: bool,
    addresses: Vec<String>,
}

impl Known {
    fn written(&self) -> String {
        written(&Outlet {
            name: self.name.clone(),
            url: self.addresses.first().cloned().unwrap_or_default(),
            ..Outlet::default()
        })
    }
}

/// Where the file keeps its outlets.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// There is no word of outlets: the example's hold.
    Nowhere,
    /// `outlet = []`, in this line.
    Empty(usize),
    /// Under `[[outlet]]`.
    Tables,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Comment,
    /// The header of a table; whose it is.
    Header(Owner),
    /// A setting, or a further line of one.
    Setting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Of the outlet of this number, or of a table within it.
    Outlet(usize),
    Other,
}

/// A config file as lines whose sense is known.
struct Page<'a> {
    lines: Vec<&'a str>,
    kinds: Vec<Kind>,
    outlets: Vec<Known>,
    place: Place,
    newline: &'static str,
}

impl<'a> Page<'a> {
    fn read(text: &'a str) -> Result<Page<'a>, EditError> {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let unreadable = |why: String| EditError::Unreadable(why);
        let document =
            Document::parse(&text[mark..]).map_err(|error| unreadable(error.to_string()))?;
        let mut spans = Vec::new();
        for (_, item) in document.as_table().iter() {
            values(item, &mut spans);
        }
        let mut page = Page {
            lines: text.split_inclusive('\n').collect(),
            kinds: Vec::new(),
            outlets: Vec::new(),
            place: Place::Nowhere,
            newline: match text.find('\n') {
                Some(at) if text[..at].ends_with('\r') => "\r\n",
                _ => "\n",
            },
        };
        let outlet = document.get("outlet");
        match outlet {
            None => {}
            Some(Item::ArrayOfTables(tables)) => {
                page.place = Place::Tables;
                let field = |table: &toml_edit::Table, key: &str| {
                    let text = table.get(key).and_then(Item::as_str);
                    text.unwrap_or_default().to_owned()
                };
                let addresses =
                    |table: &toml_edit::Table| vec![field(table, "url"), field(table, "feed")];
                // The same names as the config gives: those of accounts' feeds are not among them.
                let own = |table: &&toml_edit::Table| !table.contains_key("account");
                let own: Vec<(String, String)> = tables
                    .iter()
                    .filter(own)
                    .map(|table| {
                        let mut addresses = addresses(table).into_iter();
                        let address = addresses.find(|one| !one.is_empty());
                        (field(table, "name"), address.unwrap_or_default())
                    })
                    .collect();
                let pairs = own.iter().map(|(name, url)| {
                    let name = Some(name.as_str()).filter(|name| !name.is_empty());
                    (name, url.as_str())
                });
                let mut names = names(pairs).into_iter();
                page.outlets = tables
                    .iter()
                    .map(|table| {
                        let name = field(table, "name");
                        let of_account = table.contains_key("account");
                        Known {
                            named: of_account || !name.is_empty(),
                            name: match of_account {
                                true if name.is_empty() => name_of(&field(table, "feed")),
                                true => name,
                                false => names.next().unwrap_or_default(),
                            },
                            addresses: addresses(table),
                        }
                    })
                    .collect();
            }
            Some(Item::Value(Value::Array(list))) if list.is_empty() => {
                let at = list.span().map_or(0, |span| span.start + mark);
                page.place = Place::Empty(text[..at].matches('\n').count());
            }
            Some(_) => {
                return Err(unreadable(
                    "its outlets are one value; write each as an [[outlet]] table".to_owned(),
                ));
            }
        }
        page.classify(&spans, mark);
        let headers = page.kinds.iter().filter_map(|kind| match kind {
            Kind::Header(Owner::Outlet(number)) => Some(number + 1),
            _ => None,
        });
        if headers.max().unwrap_or(0) != page.outlets.len() {
            return Err(unreadable(
                "its [[outlet]] lines cannot be edited safely; do it by hand".to_owned(),
            ));
        }
        Ok(page)
    }

    fn classify(&mut self, spans: &[Range<usize>], mark: usize) {
        let mut outlets = 0;
        let mut at = 0;
        let mut spans = spans.to_vec();
        spans.sort_by_key(|span| span.start);
        let mut next = 0;
        for line in &self.lines {
            let start = at;
            at += line.len();
            while next < spans.len() && spans[next].end + mark <= start {
                next += 1;
            }
            let within = spans
                .get(next)
                .is_some_and(|span| span.start + mark < start);
            let bare = line.trim_start_matches('\u{feff}').trim();
            let kind = if within {
                Kind::Setting
            } else if bare.is_empty() {
                Kind::Blank
            } else if bare.starts_with('#') {
                Kind::Comment
            } else if bare.starts_with('[') {
                match header(bare).as_deref() {
                    Some([(first, true)]) if first == "outlet" => {
                        outlets += 1;
                        Kind::Header(Owner::Outlet(outlets - 1))
                    }
                    Some([(first, _), ..]) if first == "outlet" && outlets > 0 => {
                        Kind::Header(Owner::Outlet(outlets - 1))
                    }
                    _ => Kind::Header(Owner::Other),
                }
            } else {
                Kind::Setting
            };
            self.kinds.push(kind);
        }
    }

    /// The lines of one table from its header to its last setting, with the comment directly above and the one
    /// directly below. A comment that stands directly above another header is that one's.
    fn table(&self, header: usize) -> Range<usize> {
        let is_comment = |at: &usize| self.kinds[*at] == Kind::Comment;
        let lead = (0..header).rev().take_while(is_comment).count();
        let next = self.next_header(header);
        let last = (header..next)
            .rev()
            .find(|at| matches!(self.kinds[*at], Kind::Setting | Kind::Header(_)))
            .unwrap_or(header);
        let tail = (last + 1..next).take_while(is_comment).count();
        let end = last + 1 + tail;
        let others = end == next && next < self.lines.len();
        header - lead..if others { last + 1 } else { end }
    }

    /// The next header after this line, or the end.
    fn next_header(&self, line: usize) -> usize {
        self.header_from(line + 1)
    }

    /// The first header in this line or below, or the end.
    fn header_from(&self, line: usize) -> usize {
        (line..self.lines.len())
            .find(|at| matches!(self.kinds[*at], Kind::Header(_)))
            .unwrap_or(self.lines.len())
    }

    /// The headers of the outlet of this number, those of its own tables among them.
    fn headers_of(&self, number: usize) -> Vec<usize> {
        (0..self.lines.len())
            .filter(|at| self.kinds[*at] == Kind::Header(Owner::Outlet(number)))
            .collect()
    }

    /// The text with these tables after the last outlet.
    fn with(&self, blocks: &[String]) -> String {
        let blocks: Vec<String> = blocks
            .iter()
            .map(|block| block.replace('\n', self.newline))
            .collect();
        let mut lines: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        let first_header = self.header_from(0);
        let mut place = match &self.place {
            Place::Empty(line) => {
                let settings = (line + 1..first_header.max(line + 1))
                    .any(|at| self.kinds.get(at) == Some(&Kind::Setting));
                let bare = blocks.join(self.newline);
                if !settings && *line < first_header {
                    // In its very place: nothing that follows would become a setting of the outlet.
                    lines[*line] = bare;
                    return lines.concat();
                }
                lines[*line] = String::new();
                lines.len()
            }
            Place::Nowhere => lines.len(),
            Place::Tables => {
                let last = self.headers_of(self.outlets.len() - 1);
                let header = last.last().copied().unwrap_or(0);
                match self.next_header(header) {
                    end if end == lines.len() => end,
                    _ => self.table(header).end,
                }
            }
        };
        // Before the blank lines at the file's end, so that they stay there.
        if place == lines.len() {
            while place > 0 && self.kinds[place - 1] == Kind::Blank {
                place -= 1;
            }
        }
        let mut new = blocks
            .iter()
            .map(|block| format!("{}{block}", self.newline))
            .collect::<String>();
        // A file whose last line has no end keeps it so.
        if place > 0 && !lines[place - 1].ends_with('\n') {
            new = format!("{}{}", self.newline, new.trim_end_matches(['\r', '\n']));
        }
        if place == 0 {
            new = new.trim_start_matches(['\r', '\n']).to_owned();
        }
        lines.insert(place, new);
        lines.concat()
    }

    /// The text without the outlet of this number.
    fn without(&self, number: usize) -> String {
        let mut gone = vec![false; self.lines.len()];
        let headers = self.headers_of(number);
        let mut kept_above = 0;
        for (nth, &header) in headers.iter().enumerate() {
            let mut range = self.table(header);
            let lead = &self.lines[range.start..header];
            if nth == 0 && (number == 0 || lead.iter().any(|line| is_banner(line))) {
                range.start = header;
                kept_above = header;
            }
            gone[range.clone()].fill(true);
            // What stands between two tables of one outlet goes with them.
            if let Some(&next) = headers.get(nth + 1)
                && self.next_header(header) == next
            {
                gone[header..next].fill(true);
            }
        }
        let first = headers.first().copied().unwrap_or(0);
        let start = (0..=first)
            .rev()
            .take_while(|at| gone[*at])
            .last()
            .unwrap_or(first);
        let after = (start..gone.len())
            .find(|at| !gone[*at])
            .unwrap_or(gone.len());
        let blank = |at: usize| self.kinds.get(at).is_none_or(|kind| *kind == Kind::Blank);
        if self.outlets.len() == 1 {
            // An explicit empty list: without it the example's outlets would be back.
            let empty = format!("outlet = []{}", self.newline);
            let free = self.header_from(0) == first;
            return if free {
                let rest = self.rest(&gone, after);
                format!("{}{empty}{rest}", self.lines[..start].concat())
            } else {
                let (mark, rest) = match self.rest(&gone, 0) {
                    text if text.starts_with('\u{feff}') => {
                        ("\u{feff}", text.trim_start_matches('\u{feff}').to_owned())
                    }
                    text => ("", text),
                };
                format!("{mark}{empty}{}{rest}", self.newline)
            };
        }
        // The line between this outlet and its neighbour goes with it, but no more than that.
        let before = (0..start).rev().take_while(|at| blank(*at)).count();
        let mut skip = after;
        if before > 0 && kept_above == 0 {
            let spare = if blank(after) { before } else { 1 };
            gone[start - spare..start].fill(true);
        } else {
            while skip < self.lines.len() && blank(skip) {
                gone[skip] = true;
                skip += 1;
            }
        }
        let mut out = self.rest(&gone, 0);
        if !self.lines.last().is_some_and(|line| line.ends_with('\n')) && gone.last() == Some(&true)
        {
            out.truncate(out.trim_end_matches(['\r', '\n']).len());
        }
        out
    }

    /// The lines that stay, from this one on.
    fn rest(&self, gone: &[bool], from: usize) -> String {
        let lines = self.lines.iter().zip(gone).skip(from);
        lines
            .filter(|(_, gone)| !**gone)
            .map(|(line, _)| *line)
            .collect()
    }
}

/// Whether a comment is drawn over a part of the file: `# ── Mine ──`, `# ===`.
fn is_banner(line: &str) -> bool {
    let drawn = |c: &char| "-=─━═*~#_".contains(*c);
    let characters: Vec<char> = line.trim().chars().skip(1).collect();
    characters.windows(3).any(|three| three.iter().all(&drawn))
}

/// The places of all values that are written out, within whatever tables.
fn values(item: &Item, spans: &mut Vec<Range<usize>>) {
    match item {
        Item::Value(value) => spans.extend(value.span()),
        Item::Table(table) => table.iter().for_each(|(_, item)| values(item, spans)),
        Item::ArrayOfTables(tables) => {
            for table in tables.iter() {
                table.iter().for_each(|(_, item)| values(item, spans));
            }
        }
        Item::None => {}
    }
}

/// The path of a table's header, each part with whether the header is that of a list of tables.
fn header(line: &str) -> Option<Vec<(String, bool)>> {
    let (inner, list) = match line.strip_prefix("[[") {
        Some(inner) => (inner, true),
        None => (line.strip_prefix('[')?, false),
    };
    // A quoted name may have brackets in it.
    let keys = inner
        .match_indices(']')
        .find_map(|(at, _)| Key::parse(&inner[..at]).ok())?;
    Some(
        keys.iter()
            .map(|key| (key.get().to_owned(), list))
            .collect(),
    )
}
