//! What happens while something else is being done: clicks into a line, answers that come late.
//! Never here: each of these by itself.

use super::World;
use crate::news::ArticleId;
use crate::tui::message::{Effect, Input, Mouse};

impl World {
    fn click(&mut self, x: u16, y: u16) {
        let effects = self.state.input(Input::Mouse(Mouse::Click { x, y }));
        self.perform(effects);
    }
}

#[test]
fn a_line_stays_about_the_article_it_was_begun_for() {
    for (key, line) in [("S", "<C-u>kept.md<enter>"), ("|", "wc<enter>")] {
        let mut world = World::new(30, "");
        world.keys("jj").keys(key);
        let panes = world.state.panes();
        let list = crate::tui::state::panes::inner(&panes, panes.list.unwrap());
        world.click(list.x + 2, list.y + 9);
        assert_eq!(world.chosen(), 28, "{key}");
        let (x, y) = (list.x, list.y);
        let effects = world.state.input(Input::Mouse(Mouse::WheelDown { x, y }));
        world.perform(effects);
        assert_ne!(world.chosen(), 28, "the wheel moves on behind the line");
        world.keys(line);
        let about = world.asked.iter().find_map(|effect| match effect {
            Effect::Save { id, .. } | Effect::Pipe { id, .. } => Some(*id),
            _ => None,
        });
        assert_eq!(about, Some(ArticleId(28)), "{key}");
    }
}

#[test]
fn a_double_click_on_a_tag_asks_for_it_alone() {
    let mut world = World::new(30, "");
    let panes = world.state.panes();
    let tags = crate::tui::state::panes::inner(&panes, panes.tags.unwrap());
    for clicks in 2..4 {
        world.keys("<esc>");
        world.state.choice.tags = Default::default();
        for _ in 0..clicks {
            world.click(tags.x + 2, tags.y + 1);
        }
        assert_eq!(world.state.choice.tags.with, ["Georgia"], "{clicks} clicks");
        world.state.clicked = None;
    }
    world.click(tags.x + 2, tags.y + 1);
    assert!(
        world.state.choice.tags.with.is_empty(),
        "one click takes it off"
    );
}
