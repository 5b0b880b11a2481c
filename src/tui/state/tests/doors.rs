//! What the config says of tags holds on each door of the reader: lists, the tag picker, filters,
//! searches, saved views, marks. The command line's doors: `tests/library.rs`.

use super::*;

const CONFIG: &str = "[tags]
mute = [\"Sport\"]
alias = { Karabakh = \"Azerbaijan\" }
group = { Baltics = [\"Estonia\", \"Latvia\"] }
[[view]]
name = \"Sea\"
query = \"tag:baltics\"
key = \"4\"
";

const BOTH: &str = "(tag:Azerbaijan or tag:Karabakh)";
const MEMBERS: &str = "(tag:Estonia or tag:Latvia or tag:Baltics)";

#[test]
fn what_is_muted_is_in_no_list_unless_asked_for() {
    for (keys, text) in [
        ("", ""),
        ("2", ""),
        ("3", ""),
        ("4", ""),
        ("f", "rain"),
        ("/", "rain"),
    ] {
        let mut world = World::new(3, CONFIG);
        if !keys.is_empty() {
            world.keys(keys);
        }
        if !text.is_empty() {
            world.text(text).keys("<enter>");
        }
        assert!(
            world.query().starts_with("-tag:Sport"),
            "{keys}{text}: {}",
            world.query()
        );
    }
    for keys in ["f", "/"] {
        let mut world = World::new(3, CONFIG);
        world.keys(keys).text("tag:sport").keys("<enter>");
        assert_eq!(world.query(), "tag:sport", "{keys}");
    }
}

#[test]
fn an_alias_and_a_group_are_found_by_every_way_to_ask() {
    for keys in ["f", "/"] {
        let mut world = World::new(3, CONFIG);
        world.keys(keys).text("tag:karabakh").keys("<enter>");
        assert_eq!(world.query(), format!("-tag:Sport {BOTH}"), "{keys}");
        let mut world = World::new(3, CONFIG);
        world.keys(keys).text("tag:Baltics").keys("<enter>");
        assert_eq!(world.query(), format!("-tag:Sport {MEMBERS}"), "{keys}");
    }
    let mut world = World::new(3, CONFIG);
    world.keys("4");
    let members = MEMBERS.replace("Baltics", "baltics");
    assert_eq!(world.query(), format!("-tag:Sport {members}"));
    let mut world = World::new(3, CONFIG);
    world.keys("t").text("azb").keys("<enter>");
    assert_eq!(world.query(), format!("-tag:Sport {BOTH}"));
}

#[test]
fn a_saved_view_is_written_as_it_was_asked_and_read_by_the_same_rules() {
    let mut world = World::new(3, CONFIG);
    world.keys("f").text("tag:karabakh").keys("<enter>");
    world.keys("V").text("Mine").keys("<enter>");
    let saved = world.asked.iter().find_map(|effect| match effect {
        Effect::EditConfig(ConfigEdit::AddView { query, .. }) => Some(query.clone()),
        _ => None,
    });
    assert_eq!(saved.as_deref(), Some("tag:karabakh"));
}
