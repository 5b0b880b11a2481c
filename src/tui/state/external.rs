//! What leads out of the reader: links, browser, clipboard, files, commands.
//! Never here: doing any of it.

use crate::tui::effect::Effect;
use crate::tui::keymap::actions::ARTICLE;
use crate::tui::keymap::actions::Action;
use crate::tui::terminal::key::{Code, Key};
use newsprint_html::safe_text;
use newsprint_model::Mark;

use super::State;
use super::link_safety;
use super::popup::{Kind, Popup};
use super::prompt::{Ask, Saving};

impl State {
    /// Whether the article that keys speak of is the open one.
    pub(super) fn is_open(&self) -> bool {
        let open = self.article.open.as_ref();
        open.is_some_and(|open| {
            self.subject().map(|headline| headline.id) == Some(open.article.headline.id)
        })
    }

    /// How all links can be had, as the end of a sentence.
    pub(super) fn links_key(&self) -> String {
        match self.keymap.key_at(Action::Links, ARTICLE) {
            Some(key) => format!("; {key} lists them all"),
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
                self.hint("This article has no links.");
            } else if reading.links_in_view(height).is_empty() {
                self.hint(format!("No link is in view{more}."));
            } else {
                reading.hint = Some(String::new());
            }
        }
        Vec::new()
    }

    pub(super) fn links(&mut self) -> Vec<Effect> {
        let Some(reading) = self.article.open.as_ref().filter(|_| self.is_open()) else {
            self.info("Open the article first: its links come with its text.");
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
                    "The article's page".into(),
                    reading.article.headline.url.clone(),
                ),
            );
        }
        if links.is_empty() {
            self.info("This article has no links.");
        } else {
            self.popup.open = Some(Popup::new(Kind::Links(links)));
        }
        Vec::new()
    }

    pub(super) fn browse(&mut self, read: bool) -> Vec<Effect> {
        let Some((id, url)) = self.subject().map(|h| (h.id, h.url.clone())) else {
            self.no_article();
            return Vec::new();
        };
        let mut effects = self.browse_url(&url);
        if read && !effects.is_empty() {
            effects.extend(self.mark(id, Mark::Read));
        }
        effects
    }

    pub(super) fn browse_url(&mut self, url: &str) -> Vec<Effect> {
        match safe_text::link(url) {
            Some(url) => vec![Effect::Browse(url)],
            None => {
                self.error("The article has no address that a browser could open.");
                Vec::new()
            }
        }
    }

    /// Opens a link of the text; where its text names another host, the real one is shown first.
    pub(super) fn open_link(&mut self, url: &str, text: &str) -> Vec<Effect> {
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
        let Some(headline) = self.subject() else {
            self.no_article();
            return Vec::new();
        };
        let text = if title {
            format!("{} {}", safe_text::line(&headline.title), headline.url)
        } else {
            headline.url.clone()
        };
        vec![Effect::Copy(text)]
    }

    pub(super) fn ask_about(&mut self, ask: Ask) -> Vec<Effect> {
        match self.subject() {
            Some(headline) => {
                let text = match ask {
                    Ask::Save => format!("{}.md", slug(&headline.title)),
                    _ => String::new(),
                };
                self.ask(ask, &text);
            }
            None => self.no_article(),
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

    /// A key while link numbers are shown.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let height = self.article_height();
        let Some(reading) = &mut self.article.open else {
            return Vec::new();
        };
        let seen = reading.links_in_view(height);
        let Some(typed) = &mut reading.hint else {
            return Vec::new();
        };
        match key.code {
            Code::Char(c @ '0'..='9') => typed.push(c),
            Code::Backspace if typed.pop().is_some() => return Vec::new(),
            Code::Enter => {}
            _ => {
                reading.hint = None;
                return Vec::new();
            }
        }
        let number: usize = typed.parse().unwrap_or(0);
        let longer = seen
            .iter()
            .any(|other| *other != number && other.to_string().starts_with(typed.as_str()));
        if key.code != Code::Enter && longer {
            return Vec::new();
        }
        reading.hint = None;
        if !seen.contains(&number) {
            self.error(match number {
                0 => "A link is opened by its number.".to_owned(),
                _ => format!("There is no link {number} in view{}.", self.links_key()),
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
fn slug(title: &str) -> String {
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
