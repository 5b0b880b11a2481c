//! What leads out of the reader: links, browser, clipboard, files, commands.
//! Never here: doing any of it.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::ARTICLE;
use crate::tui::keymap::actions::Action;
use crate::tui::terminal::key::{Code, Key};
use newsprint_html::safe_text;
use newsprint_model::{Article, ArticleId, Mark};

use super::article_head::playable;
use super::link_safety;
use super::popup::{Kind, Popup};
use super::prompt::{Ask, Saving};
use super::{Pane, State};

/// Articles that are opened in the browser with one key, at most.
const MOST_OPENED: usize = 20;

/// The line that is copied of an article.
fn copied(title: &str, address: &str, with_title: bool) -> String {
    let address = safe_text::line(address);
    match with_title {
        true => format!("{} {address}", safe_text::line(title)),
        false => address,
    }
}

/// The lines that are copied of articles, and of how many there is no address.
pub fn copied_addresses(articles: &[Article], with_title: bool) -> (String, usize) {
    let mut lines = Vec::new();
    for article in articles {
        if let Some(address) = article.address() {
            lines.push(copied(&article.headline.title, address, with_title));
        }
    }
    (lines.join("\n"), articles.len() - lines.len())
}

impl State {
    /// Whether the article that keys speak of is the open one.
    pub(super) fn is_open(&self) -> bool {
        let open = self.article.open.as_ref();
        open.is_some_and(|open| {
            self.target_article().map(|headline| headline.id) == Some(open.article.headline.id)
        })
    }

    /// How all links can be had, as the end of a sentence.
    pub(super) fn links_key(&self) -> String {
        match self.keymap.key_at(Action::Links, ARTICLE) {
            Some(key) => format!(" ({key}: list all)"),
            None => String::new(),
        }
    }

    pub(super) fn link_hints(&mut self) -> Vec<Effect> {
        let height = self.article_height();
        let visible = self.panes().article.is_some();
        let more = self.links_key();
        if !self.is_open() || !visible {
            self.hint("Open the article first.");
        } else if let Some(reading) = &mut self.article.open {
            let laid = reading.laid.as_ref();
            if laid.is_none_or(|laid| laid.links.is_empty()) {
                self.hint("No links.");
            } else if reading.links_in_view(height).is_empty() {
                self.hint(format!("No link in view{more}"));
            } else {
                reading.hint = Some(String::new());
            }
        }
        Vec::new()
    }

    pub(super) fn links(&mut self) -> Vec<Effect> {
        let Some(reading) = self.article.open.as_ref().filter(|_| self.is_open()) else {
            self.hint("Open the article first.");
            return Vec::new();
        };
        let Some(laid) = &reading.laid else {
            return Vec::new();
        };
        let mut links: Vec<(String, String)> = (0u32..)
            .zip(laid.links.iter())
            .map(|(index, url)| (link_safety::text(laid, index), url.clone()))
            .collect();
        if !reading.article.headline.url.is_empty() {
            links.insert(
                0,
                (
                    super::popup::ORIGINAL.into(),
                    reading.article.headline.url.clone(),
                ),
            );
        }
        for media in &reading.article.media {
            let name = match media.title.as_str() {
                "" => media.kind.clone(),
                title => safe_text::line(title),
            };
            links.push((name, media.url.clone()));
        }
        if links.is_empty() {
            self.hint("No links.");
        } else {
            self.popup.open = Some(Popup::new(Kind::Links(links)));
        }
        Vec::new()
    }

    pub(super) fn browse(&mut self, read: bool) -> Vec<Effect> {
        let articles = self.target_articles();
        if articles.is_empty() {
            self.no_article();
            return Vec::new();
        }
        if articles.len() > MOST_OPENED {
            self.hint(format!("Too many to open at once (at most {MOST_OPENED})."));
            return Vec::new();
        }
        let (ids, urls): (Vec<_>, Vec<_>) = articles
            .iter()
            .map(|headline| (headline.id, headline.url.clone()))
            .unzip();
        let mut effects = Vec::new();
        // An episode is heard or seen rather than read: its page is the first of the links.
        let episode = match ids.as_slice() {
            [id] => self.episode(*id),
            _ => None,
        };
        for url in urls {
            effects.extend(self.browse_url(episode.as_ref().unwrap_or(&url)));
        }
        if !effects.is_empty() {
            self.list.picked_from = None;
            if read {
                effects.extend(self.mark(ids, Mark::Read));
            }
        }
        effects
    }

    /// The sound or film of the article, where that is the one that is shown.
    fn episode(&self, id: ArticleId) -> Option<String> {
        let reading = self.article.open.as_ref()?;
        let article = &reading.article;
        let mut media = article.media.iter().filter(|media| playable(media));
        (article.headline.id == id).then(|| media.next().map(|media| media.url.clone()))?
    }

    pub(super) fn browse_url(&mut self, url: &str) -> Vec<Effect> {
        match safe_text::link(url) {
            Some(url) => vec![Effect::Browse(url)],
            None => {
                self.error("No web address.");
                Vec::new()
            }
        }
    }

    /// Opens a link of the text: here where it leads to a stored article.
    pub(super) fn open_link(&mut self, url: &str, text: &str) -> Vec<Effect> {
        vec![Effect::FindStored {
            url: url.to_owned(),
            text: text.to_owned(),
        }]
    }

    /// Opens a link outside; where its text names another host, the real one is shown first.
    pub(super) fn open_link_outside(&mut self, url: &str, text: &str) -> Vec<Effect> {
        if let Some((host, says)) = link_safety::misnamed(url, text) {
            self.popup.open = Some(Popup::new(Kind::Warn {
                url: url.to_owned(),
                host,
                says,
            }));
            return Vec::new();
        }
        self.browse_url(url)
    }

    pub(super) fn copy(&mut self, title: bool) -> Vec<Effect> {
        let articles = self.target_articles();
        if articles.is_empty() {
            self.no_article();
            return Vec::new();
        }
        let effect = if articles.iter().any(|headline| headline.url.is_empty()) {
            let ids = articles.iter().map(|headline| headline.id).collect();
            Effect::CopyAddresses { ids, title }
        } else {
            let lines = articles
                .iter()
                .map(|headline| copied(&headline.title, &headline.url, title));
            Effect::Copy(lines.collect::<Vec<_>>().join("\n"))
        };
        self.list.picked_from = None;
        vec![effect]
    }

    pub(super) fn ask_about(&mut self, ask: Ask) -> Vec<Effect> {
        let text = match (self.target_articles().as_slice(), ask) {
            ([], _) => {
                self.no_article();
                return Vec::new();
            }
            ([headline], Ask::Save) => format!("{}.md", slug(&headline.title)),
            (_, Ask::Save) => "articles".to_owned(),
            _ => String::new(),
        };
        let mut many = self.target_articles().len();
        self.ask(ask, &text);
        if ask == Ask::ArticleTags {
            // As marks, with what is folded into a line.
            self.prompt.prompt_articles = self.marked_rows();
            many = self.prompt.prompt_articles.len();
        }
        if let Some(line) = &mut self.prompt.line
            && many > 1
        {
            line.about = match ask {
                Ask::Save => format!("{many} articles, folder"),
                _ => format!("{many} articles"),
            };
        }
        Vec::new()
    }

    /// Whether the article goes over the file that is there already: `y`, `n` or another name.
    pub(super) fn overwrite(&mut self, answer: &str) -> Vec<Effect> {
        let Some(Saving { id, path, free }) = self.prompt.saving.take() else {
            return Vec::new();
        };
        match answer.to_lowercase().as_str() {
            "y" | "yes" => vec![Effect::Save {
                id,
                path,
                over: true,
            }],
            "" | "n" | "no" => {
                self.ask(Ask::Save, &free);
                Vec::new()
            }
            _ => vec![Effect::Save {
                id,
                path: answer.to_owned(),
                over: false,
            }],
        }
    }

    /// Whether a key begins the number of a link: a digit in an article that has links, unless digits are
    /// keys there.
    pub(super) fn begins_link(&mut self, key: Key) -> bool {
        let digit = matches!(key.code, Code::Char('1'..='9')) && !key.ctrl && !key.alt;
        if !digit
            || self.popup.open.is_some()
            || self.screen.focus != Pane::Article
            || !self.keymap.is_idle()
            || !self.keymap.digits(ARTICLE).is_empty()
        {
            return false;
        }
        match &mut self.article.open {
            Some(reading)
                if reading
                    .laid
                    .as_ref()
                    .is_some_and(|laid| !laid.links.is_empty()) =>
            {
                reading.hint = Some(String::new());
                true
            }
            _ => false,
        }
    }

    /// A key while a link's number is typed. A key that is no digit is what it always is, the number its
    /// count.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let height = self.article_height();
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let in_view = reading.links_in_view(height);
        let all = reading.laid.as_ref().map_or(0, |laid| laid.links.len());
        let Some(typed) = &mut reading.hint else {
            return Vec::new();
        };
        match key.code {
            Code::Char(c @ '0'..='9') if !key.ctrl && !key.alt => typed.push(c),
            Code::Backspace if typed.pop().is_some() => return Vec::new(),
            Code::Enter => {}
            Code::Char(_) if !typed.is_empty() => {
                let count = typed.parse().ok();
                reading.hint = None;
                self.keymap.set_count(count);
                return self.look_up(key);
            }
            _ => {
                reading.hint = None;
                return Vec::new();
            }
        }
        let number: usize = typed.parse().unwrap_or(0);
        // The numbers on the screen are meant; others are there for who knows them.
        let begins = |other: &usize| other.to_string().starts_with(typed.as_str());
        let seen: Vec<usize> = if in_view.iter().any(begins) {
            in_view
        } else {
            (1..=all).collect()
        };
        let longer = seen.iter().any(|other| *other != number && begins(other));
        if key.code != Code::Enter && longer {
            return Vec::new();
        }
        reading.hint = None;
        if !seen.contains(&number) {
            self.error(match number {
                0 => "Type the number of a link.".to_owned(),
                _ => format!("No link {number}{}", self.links_key()),
            });
            return Vec::new();
        }
        let index = (number - 1) as u32;
        let (mut text, mut url) = (String::new(), String::new());
        if let Some(laid) = &reading.laid {
            url = laid.links.get(index as usize).cloned().unwrap_or_default();
            text = link_safety::text(laid, index);
        }
        self.open_link(&url, &text)
    }
}

/// A file name from a title: letters and digits, the rest hyphens.
pub(crate) fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() > 60 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() {
        "article".into()
    } else {
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_file_name_that_leads_nowhere_else() {
        assert_eq!(slug("../../etc/passwd: “Новости”!"), "etc-passwd-новости");
        assert_eq!(slug("…"), "article");
    }
}
