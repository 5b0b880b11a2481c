//! What pictures write to a terminal, held against the protocols' own descriptions, through the same
//! comparison of frames that the reader uses. Never here: a terminal that could show them.

use image::{DynamicImage, Rgba, RgbaImage};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Canvas, ImageProtocol, Pictures, decode, parted, possible, protocol_for};
use crate::config::Images;
use crate::tui::state::layout::Area;
use crate::tui::theme::Colours;

const URL: &str = "https://post.example/a.png";
const SCREEN: Rect = Rect {
    x: 0,
    y: 0,
    width: 30,
    height: 12,
};

fn canvas() -> Canvas {
    Canvas {
        cell: Some((8, 16)),
        colours: Colours {
            many: true,
            direct: true,
            ..Colours::default()
        },
        ..Canvas::default()
    }
}

/// A red picture of 80 by 64 pixels, which is 10 cells by 4.
fn picture() -> DynamicImage {
    RgbaImage::from_pixel(80, 64, Rgba([200, 30, 30, 255])).into()
}

fn pictures(protocol: ImageProtocol) -> Pictures {
    let mut pictures = Pictures::by(Some(protocol), canvas());
    let made = pictures.maker().unwrap().scale(&picture(), (20, 8));
    pictures.keep(URL.into(), made.unwrap());
    pictures
}

fn area(x: u16, y: u16, w: u16, h: u16) -> Area {
    Area { x, y, w, h }
}

/// A frame with the picture in it, below `from` rows of it that are scrolled off.
fn frame(pictures: &mut Pictures, place: Area, from: u16) -> Buffer {
    let mut buffer = Buffer::empty(SCREEN);
    for y in 0..SCREEN.height {
        buffer.set_string(
            0,
            y,
            "some text of an article here",
            ratatui::style::Style::new(),
        );
    }
    pictures.drawn.clear();
    pictures.draw(&mut buffer, URL, place, from);
    buffer
}

/// What is written to come from one frame to the next: the cells' text, in order.
fn written(before: &Buffer, after: &Buffer) -> String {
    let cells = before.diff(after);
    cells.iter().map(|(_, _, cell)| cell.symbol()).collect()
}

#[test]
fn what_is_no_picture_is_refused() {
    assert!(decode(b"<html>").is_err());
    // A PNG header that claims 2^31 - 1 pixels a side.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend([
        0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8, 2, 0, 0, 0,
    ]);
    bomb.extend([0, 0, 0, 0]);
    assert!(decode(&bomb).is_err());
}

#[test]
fn a_terminal_gets_only_what_it_has_announced() {
    let by = |images: Images, set: &[(&str, &str)]| {
        let set: Vec<(String, String)> = set
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        protocol_for(images, &move |name| {
            let found = set.iter().find(|(have, _)| have == name);
            found.map_or(String::new(), |(_, value)| value.clone())
        })
    };
    let auto = |set: &[(&str, &str)]| by(Images::Auto, set);
    assert_eq!(
        auto(&[("TERM", "xterm-256color")]),
        Some(ImageProtocol::Halfblocks)
    );
    assert_eq!(auto(&[("TERM", "xterm-kitty")]), Some(ImageProtocol::Kitty));
    assert_eq!(
        auto(&[("TERM", "xterm-ghostty")]),
        Some(ImageProtocol::Kitty)
    );
    assert_eq!(
        auto(&[("TERM_PROGRAM", "iTerm.app")]),
        Some(ImageProtocol::Iterm2)
    );
    assert_eq!(by(Images::Off, &[("TERM", "xterm-kitty")]), None);
    // Nothing is passed through a multiplexer, even where the outer terminal is known or the config asks.
    for inside in [
        ("TMUX", "/tmp/tmux-1000/default,1,0"),
        ("STY", "1.pts-0"),
        ("TERM", "tmux-256color"),
        ("TERM", "screen-256color"),
        ("TERM_PROGRAM", "tmux"),
    ] {
        for images in [Images::Auto, Images::Kitty, Images::Iterm2] {
            let protocol = by(images, &[inside, ("TERM", "xterm-kitty")]);
            assert_eq!(protocol, Some(ImageProtocol::Halfblocks), "{inside:?}");
        }
    }
    // Without the size of a cell no picture could be made to measure; without colours, no blocks.
    let blind = Canvas {
        cell: None,
        ..canvas()
    };
    assert_eq!(
        possible(ImageProtocol::Kitty, &blind),
        Some(ImageProtocol::Halfblocks)
    );
    for colours in [
        Colours::default(),
        Colours {
            none: true,
            many: true,
            ..Colours::default()
        },
    ] {
        let plain = Canvas { colours, ..blind };
        assert_eq!(possible(ImageProtocol::Halfblocks, &plain), None);
    }
    let ascii = Canvas {
        ascii: true,
        ..canvas()
    };
    assert_eq!(possible(ImageProtocol::Halfblocks, &ascii), None);
    assert_eq!(
        possible(ImageProtocol::Sixel, &ascii),
        Some(ImageProtocol::Sixel)
    );
}

/// The keys and the payload of each graphics command in a text: `_G` keys `;` payload ST.
fn commands(text: &str) -> Vec<(Vec<(&str, &str)>, &str)> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(begin) = rest.find("\x1b_G") {
        let end = begin + rest[begin..].find("\x1b\\").expect("a command ends");
        let body = &rest[begin + 3..end];
        let (keys, payload) = body.split_once(';').unwrap_or((body, ""));
        let keys = keys.split(',').filter_map(|key| key.split_once('='));
        found.push((keys.collect(), payload));
        rest = &rest[end + 2..];
    }
    found
}

#[test]
fn kitty_is_sent_the_picture_once_in_chunks_and_is_told_to_drop_it() {
    let mut pictures = pictures(ImageProtocol::Kitty);
    let empty = Buffer::empty(SCREEN);
    let first = frame(&mut pictures, area(2, 3, 20, 4), 0);
    let sent = written(&empty, &first);
    let all = commands(&sent);
    let key = |at: usize, name: &str| {
        let found = all[at].0.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| *value)
    };
    // Transmit and place virtually: RGBA of so many pixels, no answers that would come as keys.
    for (name, value) in [
        ("a", "T"),
        ("U", "1"),
        ("f", "32"),
        ("t", "d"),
        ("s", "80"),
        ("v", "64"),
        ("q", "2"),
    ] {
        assert_eq!(key(0, name), Some(value), "{name}");
    }
    let number = key(0, "i").unwrap().to_owned();
    for (at, (_, payload)) in all.iter().enumerate() {
        assert!(payload.len() <= 4096);
        let more = if at + 1 < all.len() { "1" } else { "0" };
        assert_eq!(key(at, "m"), Some(more), "chunk {at}");
        assert_eq!(key(at, "q"), Some("2"));
        // Only the last chunk may be other than a multiple of four.
        assert!(payload.len() % 4 == 0 || more == "0");
    }
    let base64: usize = all.iter().map(|(_, payload)| payload.len()).sum();
    assert_eq!(base64, (80usize * 64 * 4).div_ceil(3) * 4);
    // One placeholder for each cell of it, the number in the colour.
    assert_eq!(sent.matches('\u{10eeee}').count(), 10 * 4);
    let [_, r, g, b] = number.parse::<u32>().unwrap().to_be_bytes();
    assert_eq!(first[(2, 3)].fg, ratatui::style::Color::Rgb(r, g, b));

    // Scrolled, half of it off the top, then half off the bottom: shown in part, not sent again.
    let scrolled = frame(&mut pictures, area(2, 0, 20, 2), 2);
    let moved = written(&first, &scrolled);
    assert!(commands(&moved).is_empty());
    assert_eq!(scrolled[(2, 0)].symbol().matches('\u{10eeee}').count(), 1);
    // Its third row: the third diacritic after the placeholder.
    assert_eq!(scrolled[(2, 0)].symbol().chars().nth(1), Some('\u{30e}'));
    let shown = |buffer: &Buffer| {
        let cells = buffer.content().iter();
        cells
            .filter(|cell| cell.symbol().contains('\u{10eeee}'))
            .count()
    };
    assert_eq!(shown(&scrolled), 10 * 2);
    let low = frame(&mut pictures, area(2, 10, 20, 2), 0);
    assert_eq!(shown(&low), 10 * 2);

    // Closed, another article, a popup: every cell of it is written over.
    let mut text = Buffer::empty(SCREEN);
    text.set_string(0, 0, "text", ratatui::style::Style::new());
    let over: Vec<(u16, u16)> = first.diff(&text).iter().map(|(x, y, _)| (*x, *y)).collect();
    for x in 2..12 {
        for y in 3..7 {
            assert!(over.contains(&(x, y)), "{x} {y}");
        }
    }
    // At the end the terminal is told to free it, by its number.
    assert_eq!(pictures.farewell(), "");
    pictures.forget();
    let farewell = pictures.farewell();
    let keys: Vec<(&str, &str)> = commands(&farewell).remove(0).0;
    assert!(keys.contains(&("a", "d")) && keys.contains(&("d", "I")));
    assert!(keys.contains(&("i", &*number)) && keys.contains(&("q", "2")));
}

#[test]
fn a_picture_first_seen_from_its_middle_is_sent_too() {
    let mut pictures = pictures(ImageProtocol::Kitty);
    let middle = frame(&mut pictures, area(0, 0, 20, 2), 2);
    let sent = written(&Buffer::empty(SCREEN), &middle);
    assert!(!commands(&sent).is_empty());
    assert!(middle[(0, 0)].symbol().starts_with("\x1b_G"));
    let (transmission, shown) = parted(middle[(0, 0)].symbol());
    assert!(transmission.is_some() && shown.starts_with('\u{10eeee}'));
}

#[test]
fn sixels_are_framed_and_every_cell_is_written_over_when_they_go() {
    let mut pictures = pictures(ImageProtocol::Sixel);
    let empty = Buffer::empty(SCREEN);
    let first = frame(&mut pictures, area(2, 3, 20, 4), 0);
    let sent = written(&empty, &first);
    // DCS P1;P2;P3 q … ST, with the picture's size in its raster attributes.
    assert_eq!(sent.matches("\x1bP").count(), 1);
    let begin = sent.find("\x1bP").unwrap();
    let body = &sent[begin + 2..];
    let q = body.find('q').unwrap();
    assert!(body[..q].chars().all(|c| c.is_ascii_digit() || c == ';'));
    let end = body.find("\x1b\\").expect("the string is ended");
    let data = &body[q + 1..end];
    assert!(data.starts_with('"'), "{}", &data[..20]);
    let raster: Vec<&str> = data[1..].split(';').take(4).collect();
    assert_eq!(raster[2], "80");
    assert!(raster[3].starts_with("64"));
    assert!(data.chars().all(|c| ('!'..='~').contains(&c) || c == '\n'));

    // Gone: the cells beneath it are all written anew, though their text was there before.
    let mut text = frame(&mut pictures, area(2, 3, 0, 0), 0);
    let over: Vec<(u16, u16)> = first.diff(&text).iter().map(|(x, y, _)| (*x, *y)).collect();
    for x in 2..12 {
        for y in 3..7 {
            assert!(over.contains(&(x, y)), "{x} {y}");
        }
    }
    // Not in part, which it cannot be; and where it is scrolled to, all of it is sent again.
    assert_eq!(frame(&mut pictures, area(2, 0, 20, 2), 2), text);
    text = frame(&mut pictures, area(2, 2, 20, 4), 0);
    assert!(written(&first, &text).contains("\x1bP"));
    pictures.forget();
    assert_eq!(pictures.farewell(), "");
}

#[test]
fn iterm2_is_sent_a_file_that_moves_no_cursor() {
    let mut pictures = pictures(ImageProtocol::Iterm2);
    let first = frame(&mut pictures, area(2, 3, 20, 4), 0);
    let sent = written(&Buffer::empty(SCREEN), &first);
    let begin = sent.find("\x1b]1337;File=").expect("OSC 1337");
    let body = &sent[begin + 12..];
    let end = body.find('\x07').expect("ended by BEL");
    let (arguments, payload) = body[..end].split_once(':').unwrap();
    for wanted in ["inline=1", "width=80px", "height=64px", "doNotMoveCursor=1"] {
        assert!(
            arguments.split(';').any(|have| have.ends_with(wanted)),
            "{arguments}"
        );
    }
    assert!(
        payload
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
    );
    // A PNG, by its signature in base64.
    assert!(payload.starts_with("iVBORw0KGgo"));
    let text = frame(&mut pictures, area(2, 3, 0, 0), 0);
    assert!(first.diff(&text).len() >= 40);
}

#[test]
fn half_blocks_are_plain_cells_in_colours_that_the_terminal_knows() {
    let mut pictures = pictures(ImageProtocol::Halfblocks);
    pictures.maker.as_mut().unwrap().canvas.colours.direct = false;
    let whole = frame(&mut pictures, area(0, 0, 20, 8), 0);
    let blocks = |buffer: &Buffer| {
        let cells = buffer.content().iter();
        let blocks = cells.filter(|cell| cell.bg != ratatui::style::Color::Reset);
        blocks.cloned().collect::<Vec<_>>()
    };
    let all = blocks(&whole);
    assert!(!all.is_empty());
    for cell in &all {
        assert!(!cell.symbol().contains('\x1b'));
        assert!(
            matches!(cell.bg, ratatui::style::Color::Indexed(_)),
            "{:?}",
            cell.bg
        );
    }
    let half = frame(&mut pictures, area(0, 0, 20, 2), 1);
    assert_eq!(blocks(&half).len(), 2 * all.len() / 4);
}

#[test]
fn the_nearest_of_256_colours_is_near() {
    let near = |r, g, b| {
        let mut cell = ratatui::buffer::Cell::new("x");
        cell.set_fg(ratatui::style::Color::Rgb(r, g, b));
        super::narrow(&mut cell);
        cell.fg
    };
    use ratatui::style::Color::Indexed;
    assert_eq!(near(0, 0, 0), Indexed(16));
    assert_eq!(near(255, 255, 255), Indexed(231));
    assert_eq!(near(95, 135, 175), Indexed(67));
    assert_eq!(near(120, 118, 119), Indexed(243));
    assert_eq!(near(255, 0, 0), Indexed(196));
}

#[test]
fn no_more_pictures_are_kept_than_a_terminal_should_hold() {
    let mut pictures = pictures(ImageProtocol::Kitty);
    let maker = pictures.maker().unwrap();
    for at in 0..20 {
        let made = maker.scale(&picture(), (20, 8)).unwrap();
        pictures.keep(format!("https://post.example/{at}.png"), made);
    }
    let farewell = pictures.farewell();
    assert_eq!(commands(&farewell).len(), 21 - super::KEEP);
}

#[test]
fn half_blocks_leave_no_black_row_below_a_picture() {
    // 80 by 50 pixels are 8 cells by 2.5.
    let red: DynamicImage = RgbaImage::from_pixel(80, 50, Rgba([200, 30, 30, 255])).into();
    let mut pictures = Pictures::by(Some(ImageProtocol::Halfblocks), canvas());
    let made = pictures.maker().unwrap().scale(&red, (20, 8)).unwrap();
    let (columns, rows) = (made.protocol.size().width, made.rows());
    pictures.keep(URL.into(), made);
    let drawn = frame(&mut pictures, area(0, 0, 20, 8), 0);
    for x in 0..columns {
        let cell = &drawn[(x, rows - 1)];
        for colour in [cell.fg, cell.bg] {
            assert!(
                matches!(colour, ratatui::style::Color::Rgb(150.., _, _)),
                "{x}: {colour:?} {:?}",
                cell.symbol()
            );
        }
    }
}
