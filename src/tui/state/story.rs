//! How others tell the open article's story: who else, the next one, what is new to the reader, what is related.
//! Never here: finding it out, drawing.

use crate::tui::effect::Effect;
use crate::tui::event::StoryOf;
use newsprint_html::{escape, safe_text};
use newsprint_model::{ArticleId, Headline};

use super::State;

/// Articles of one story that are listed below a text.
const LISTED: usize = 12;

/// The outlets of the other articles, each once: `Valley Post, Kura Courier (2)`.
pub(super) fn outlets(others: &[Headline]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for other in others {
        match counted.iter_mut().find(|(name, _)| *name == other.outlet) {
            Some((_, count)) => *count += 1,
            None => counted.push((&other.outlet, 1)),
        }
    }
    let name = |(name, count): (&str, usize)| match count {
        1 => safe_text::line(name),
        _ => format!("{} ({count})", safe_text::line(name)),
    };
    let names: Vec<String> = counted.into_iter().map(name).collect();
    names.join(", ")
}

/// What is put below the text: the story's other articles and the related ones, as links. The newest of a long story.
pub(super) fn below(story: &StoryOf) -> String {
    let mut html = String::new();
    let skipped = story.others.len().saturating_sub(LISTED);
    for (title, list) in [
        ("Also in", &story.others[skipped..]),
        ("Related", &story.related[..]),
    ] {
        let linked: Vec<&Headline> = list.iter().filter(|one| !one.url.is_empty()).collect();
        if linked.is_empty() {
            continue;
        }
        html.push_str(&format!("<h3>{title}</h3><ul>"));
        for one in linked {
            html.push_str(&format!(
                "<li>{}: <a href=\"{}\">{}</a></li>",
                escape(&safe_text::line(&one.outlet)),
                escape(&one.url),
                escape(&safe_text::line(&one.title))
            ));
        }
        html.push_str("</ul>");
    }
    match html.is_empty() {
        true => html,
        false => format!("<hr>{html}"),
    }
}

impl State {
    /// What is known of the story of the article that is open, once.
    pub(super) fn ask_story(&self) -> Vec<Effect> {
        match &self.article.open {
            Some(reading) if reading.opened && reading.story.is_none() => {
                vec![Effect::LoadStory(reading.article.headline.id)]
            }
            _ => Vec::new(),
        }
    }

    /// Takes in how others tell a story.
    pub(super) fn story_came(&mut self, story: StoryOf) -> Vec<Effect> {
        let go_on = self.article.next_of == Some(story.id);
        let (id, next) = (story.id, story.next);
        let look = self.look();
        let height = self.article_height() as u16;
        let mut effects = Vec::new();
        if let Some(reading) = &mut self.article.open
            && reading.article.headline.id == id
            && reading.opened
            && reading.story.as_deref() != Some(&story)
        {
            effects = reading.tell(story, height);
            reading.head_anew(&look, self.settings.rules());
        }
        if go_on {
            self.article.next_of = None;
            effects.extend(self.go_to_telling(next));
        }
        effects
    }

    /// Opens the next article of the story.
    pub(super) fn next_telling(&mut self) -> Vec<Effect> {
        // Asked anew: a refresh may have brought another since it was opened.
        let Some(id) = self.article_at_hand() else {
            return Vec::new();
        };
        self.article.next_of = Some(id);
        vec![Effect::LoadStory(id)]
    }

    fn article_at_hand(&self) -> Option<ArticleId> {
        match &self.article.open {
            Some(reading) => Some(reading.article.headline.id),
            None => self.list.chosen().map(|headline| headline.id),
        }
    }

    fn go_to_telling(&mut self, next: Option<ArticleId>) -> Vec<Effect> {
        match next {
            Some(id) => {
                // Where the list shows it, the cursor goes along.
                let mut rows = self.list.rows.iter();
                if let Some(row) = rows.position(|row| row.headline.id == id) {
                    self.list.cursor = row;
                }
                self.open_article(id)
            }
            None => {
                self.info("No other articles in this story.");
                Vec::new()
            }
        }
    }
}
