//! One line that is being typed: what it is for, its text and cursor, its history.
//! Never here: what the finished line does.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::tui::terminal::key::{Code, Key};
use newsprint_html::safe_text;
use newsprint_model::ArticleId;
use newsprint_model::query::Query;

use crate::library::selection::Choice;

/// Characters that pasting fills a line to: nobody types a whole document here.
const LONGEST: usize = 4_096;

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ask {
    /// Words to search in all articles.
    Search,
    /// Words to find in the article.
    Find,
    /// A query to filter the list.
    Filter,
    /// An action by name.
    Command,
    /// A command to pipe the article to.
    Pipe,
    /// A file to save the article to.
    Save,
    /// Tags for articles, and which of them are taken away.
    ArticleTags,
    /// Whether to write over a file that is there.
    Overwrite,
    /// A name for a view.
    ViewName,
    /// The address of an outlet.
    OutletUrl,
    /// The name of an outlet that is added.
    AddedName,
    /// The group of an outlet that is added.
    AddedGroup,
    /// The account that an outlet is added to, if not to the config.
    AddedAccount,
    /// Tags of an outlet that is added.
    AddedTags,
    /// Another name for an outlet.
    OutletName,
    /// A group for an outlet.
    OutletGroup,
    /// Tags for all articles of an outlet.
    OutletTags,
    /// Another address for an outlet.
    OutletAddress,
    /// When an outlet's article pages are fetched.
    OutletText,
    /// Whether an outlet is removed.
    OutletRemove,
}

impl Ask {
    /// What stands before the line.
    pub fn label(self) -> &'static str {
        match self {
            Ask::Search => "Search: ",
            Ask::Find => "Find: ",
            Ask::Filter => "Filter: ",
            Ask::Command => ":",
            Ask::Pipe => "Pipe to: ",
            Ask::Save => "Save as: ",
            Ask::ArticleTags => "Tags (comma-separated, -tag removes): ",
            Ask::Overwrite => "File exists. Overwrite? (y/n, or new name) ",
            Ask::ViewName => "View name: ",
            Ask::OutletUrl => "Add outlet, URL: ",
            Ask::AddedName | Ask::OutletName => "Name: ",
            Ask::AddedAccount => "Account to add it to (empty: your own config): ",
            Ask::AddedGroup | Ask::OutletGroup => "Group (empty: none): ",
            Ask::AddedTags | Ask::OutletTags => "Tags (comma-separated, empty: none): ",
            Ask::OutletAddress => "URL: ",
            Ask::OutletText => "Full text (auto, always, never): ",
            Ask::OutletRemove => "Remove this outlet? Its articles are kept. (y/n) ",
        }
    }
}

/// The line that is typed, and what is remembered around it.
#[derive(Debug, Default)]
pub struct PromptState {
    /// The line, while there is one.
    pub line: Option<Prompt>,
    /// What was typed before, by what it was for.
    pub(super) history: HashMap<Ask, Vec<String>>,
    /// The choice before a search or filter was begun, to come back to.
    pub(super) choice_before_prompt: Option<Choice>,
    /// The articles that the line is about.
    pub(super) prompt_articles: Vec<ArticleId>,
    /// The outlet that the line is about.
    pub(super) outlet: String,
    /// What is known of the outlet that is being added.
    pub(super) added: Added,
    /// The query that was counted last, and how many articles it finds.
    pub(super) counted: Option<(Query, u64)>,
    /// An address that could not be read, to be edited.
    pub(super) failed_url: String,
    /// The theme that is looked at while its name stands in the line.
    pub(super) theme: Option<String>,
    /// The article and the file that is there already, while it is asked what to do.
    pub(super) saving: Option<Saving>,
}

impl PromptState {
    /// Whether a question has its `y` or `n`: no more need be typed.
    pub(super) fn is_answered(&self) -> bool {
        self.line.as_ref().is_some_and(|line| {
            line.ask == Ask::OutletRemove && ["y", "n", "Y", "N"].contains(&line.text.as_str())
        })
    }
}

/// An outlet that is being added, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Added {
    pub(super) url: String,
    pub(super) feed: Option<String>,
    pub(super) name: String,
    pub(super) group: Option<String>,
    /// The account whose server subscribes to it.
    pub(super) account: Option<String>,
}

impl Added {
    /// Where it goes, for the line.
    pub(super) fn place(&self) -> String {
        self.account
            .as_ref()
            .map_or_else(String::new, |account| format!("on {account}"))
    }
}

/// A file that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saving {
    pub(super) id: ArticleId,
    pub(super) path: String,
    /// A name near it that is free.
    pub(super) free: String,
}

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Nothing.
    Nothing,
    /// The cursor moved.
    Moved,
    /// The text changed.
    Changed,
    /// Enter.
    Done,
    /// Esc, or Backspace on an empty line.
    Cancelled,
    /// Tab: the next completion, or with Shift the one before.
    Complete {
        /// Backwards.
        back: bool,
    },
}

/// The line.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What for.
    pub ask: Ask,
    /// As typed.
    pub text: String,
    /// Bytes before the cursor.
    pub cursor: usize,
    /// What is wrong with it, and at which column (1-based characters).
    pub error: Option<(usize, String)>,
    /// What Tab offers, and which of it is in.
    pub offers: Vec<String>,
    /// The offer that was taken.
    pub offered: Option<usize>,
    /// The line before completion began.
    pub before: Option<(String, usize)>,
    /// What the line is about, such as an outlet's name.
    pub about: String,
    /// The first character that is typed takes the place of the whole line.
    pub fresh: bool,
    /// What Enter will do, as far as it is known.
    pub outcome: String,
    history: Vec<String>,
    /// Place in the history, counted from the newest; 0 is the line being typed.
    back: usize,
    draft: String,
}

impl Prompt {
    /// A line with a beginning, the cursor at its end.
    pub fn new(ask: Ask, text: &str, history: &[String]) -> Prompt {
        Prompt {
            ask,
            text: text.to_owned(),
            cursor: text.len(),
            error: None,
            offers: Vec::new(),
            offered: None,
            before: None,
            about: String::new(),
            fresh: false,
            outcome: String::new(),
            history: history.to_vec(),
            back: 0,
            draft: String::new(),
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Typed {
        if std::mem::take(&mut self.fresh) {
            let typing =
                matches!(key.code, Code::Char(c) if !key.ctrl && !key.alt && !c.is_control());
            if typing {
                self.text.clear();
                self.cursor = 0;
            }
        }
        let typed = self.edit(key);
        if !matches!(typed, Typed::Complete { .. }) {
            self.offers.clear();
            self.offered = None;
            self.before = None;
        }
        typed
    }

    fn edit(&mut self, key: Key) -> Typed {
        if key.ctrl {
            return match key.code {
                Code::Char('a') => self.go(0),
                Code::Char('e') => self.go(self.text.len()),
                Code::Char('b') => self.go(self.left()),
                Code::Char('f') => self.go(self.right()),
                Code::Char('u') => self.cut(0, self.cursor),
                Code::Char('k') => self.cut(self.cursor, self.text.len()),
                Code::Char('w') => self.cut(self.word_left(), self.cursor),
                Code::Char('h') => self.key_backspace(),
                Code::Char('d') => self.cut(self.cursor, self.right()),
                Code::Char('c' | 'g') => Typed::Cancelled,
                Code::Char('p') => self.recall(1),
                Code::Char('n') => self.recall(-1),
                _ => Typed::Nothing,
            };
        }
        match key.code {
            Code::Enter => Typed::Done,
            Code::Esc => Typed::Cancelled,
            Code::Tab => Typed::Complete { back: key.shift },
            Code::Backspace if key.alt => self.cut(self.word_left(), self.cursor),
            Code::Backspace => self.key_backspace(),
            Code::Delete => self.cut(self.cursor, self.right()),
            Code::Left => self.go(self.left()),
            Code::Right => self.go(self.right()),
            Code::Home => self.go(0),
            Code::End => self.go(self.text.len()),
            Code::Up => self.recall(1),
            Code::Down => self.recall(-1),
            Code::Char(c) if !key.alt && !c.is_control() => {
                self.text.insert(self.cursor, c);
                self.cursor += c.len_utf8();
                Typed::Changed
            }
            _ => Typed::Nothing,
        }
    }

    /// Puts pasted text in, as one safe line.
    pub fn paste(&mut self, text: &str) -> Typed {
        if std::mem::take(&mut self.fresh) {
            self.text.clear();
            self.cursor = 0;
        }
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let text: String = text.chars().take(room).collect();
        let text = safe_text::line(&text);
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        Typed::Changed
    }

    /// Replaces the line.
    pub fn set(&mut self, text: String, cursor: usize) {
        self.cursor = cursor.min(text.len());
        while !text.is_char_boundary(self.cursor) {
            self.cursor -= 1;
        }
        self.text = text;
    }

    fn key_backspace(&mut self) -> Typed {
        if self.text.is_empty() {
            Typed::Cancelled
        } else {
            self.cut(self.left(), self.cursor)
        }
    }

    fn go(&mut self, to: usize) -> Typed {
        self.cursor = to;
        Typed::Moved
    }

    fn cut(&mut self, from: usize, to: usize) -> Typed {
        if from == to {
            return Typed::Nothing;
        }
        self.text.replace_range(from..to, "");
        self.cursor = from;
        Typed::Changed
    }

    fn left(&self) -> usize {
        self.text[..self.cursor]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.text[self.cursor..]
            .graphemes(true)
            .next()
            .map_or(self.cursor, |grapheme| self.cursor + grapheme.len())
    }

    fn word_left(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before
            .rfind(|c: char| c.is_whitespace() || c == ':')
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(1, char::len_utf8)
            })
    }

    fn recall(&mut self, step: isize) -> Typed {
        let Some(back) = self.back.checked_add_signed(step) else {
            return Typed::Nothing;
        };
        if back > self.history.len() {
            return Typed::Nothing;
        }
        if self.back == 0 {
            self.draft = self.text.clone();
        }
        self.back = back;
        let text = match back {
            0 => self.draft.clone(),
            _ => self.history[self.history.len() - back].clone(),
        };
        self.cursor = text.len();
        self.text = text;
        Typed::Changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(prompt: &mut Prompt, text: &str) {
        for key in crate::tui::keymap::notation::parse(text).unwrap() {
            prompt.key(key);
        }
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let mut prompt = Prompt::new(Ask::Filter, "", &[]);
        typed(
            &mut prompt,
            "tag:azb<left>er<C-e>x<bs><space>one<C-w>two<C-a><del>",
        );
        assert_eq!(prompt.text, "ag:azerb two");
    }

    #[test]
    fn characters_of_several_parts_are_removed_whole() {
        let mut prompt = Prompt::new(Ask::Search, "e\u{301}👩\u{200d}🚀", &[]);
        typed(&mut prompt, "<bs>");
        assert_eq!(prompt.text, "e\u{301}");
        typed(&mut prompt, "<bs>");
        assert_eq!(prompt.text, "");
        assert_eq!(prompt.key(Key::plain(Code::Backspace)), Typed::Cancelled);
    }

    #[test]
    fn history_goes_back_and_returns_to_the_draft() {
        let mut prompt = Prompt::new(Ask::Search, "", &["one".into(), "two".into()]);
        typed(&mut prompt, "dr<up>");
        assert_eq!(prompt.text, "two");
        typed(&mut prompt, "<up><up>");
        assert_eq!(prompt.text, "one");
        typed(&mut prompt, "<down><down>");
        assert_eq!(prompt.text, "dr");
    }
}
