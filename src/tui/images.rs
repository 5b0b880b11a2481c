//! Pictures: fetched, decoded and scaled off the UI thread, drawn by what the terminal can.
//! Never here: which pictures, where they stand.

use std::collections::{HashMap, VecDeque};
use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::Protocol;
use ratatui_image::{FontSize, Image, Resize};

use crate::config::{Config, Images};
use crate::refresh;

use super::state::panes::Area;

/// Pictures kept.
const KEEP: usize = 8;
/// Pixels of a side beyond which a picture is refused.
const MAX_SIDE: u32 = 12_000;
/// Bytes a decoder may take.
const MAX_BYTES: u64 = 96 * 1024 * 1024;

/// A picture ready to be drawn.
pub struct Picture {
    protocol: Protocol,
    room: (u16, u16),
}

impl Picture {
    /// Rows it takes.
    pub fn rows(&self) -> u16 {
        self.protocol.size().height
    }
}

/// Makes pictures for this terminal.
#[derive(Clone)]
pub struct Maker {
    picker: Picker,
    offline: bool,
}

/// The pictures that are ready.
pub struct Pictures {
    maker: Option<Maker>,
    ready: HashMap<String, Picture>,
    order: VecDeque<String>,
    /// Where pictures stand in the frame being drawn: there alone a cell may hold an escape.
    pub drawn: Vec<Rect>,
}

impl Pictures {
    /// For a terminal whose cells are of this size; no terminal is asked for anything.
    pub fn new(config: &Config, cell: Option<(u16, u16)>, offline: bool) -> Pictures {
        let var = |name: &str| std::env::var(name).unwrap_or_default();
        let (term, program) = (var("TERM"), var("TERM_PROGRAM"));
        let in_multiplexer = !var("TMUX").is_empty() || term.starts_with("screen");
        let protocol = match config.reader.images {
            Images::Off => None,
            Images::Kitty => Some(ProtocolType::Kitty),
            Images::Iterm2 => Some(ProtocolType::Iterm2),
            Images::Sixel => Some(ProtocolType::Sixel),
            Images::Halfblocks => Some(ProtocolType::Halfblocks),
            // Inside a multiplexer what the outer terminal can is not what arrives.
            Images::Auto if in_multiplexer => Some(ProtocolType::Halfblocks),
            Images::Auto if term.contains("kitty") || term.contains("ghostty") => {
                Some(ProtocolType::Kitty)
            }
            Images::Auto if program == "iTerm.app" || program == "WezTerm" => {
                Some(ProtocolType::Iterm2)
            }
            Images::Auto => Some(ProtocolType::Halfblocks),
        };
        let maker = protocol.map(|protocol| {
            let mut picker = match (protocol, cell) {
                (ProtocolType::Halfblocks, _) | (_, None) => Picker::halfblocks(),
                #[expect(
                    deprecated,
                    reason = "asking the terminal would hold up the first frame"
                )]
                (_, Some((width, height))) => Picker::from_fontsize(FontSize { width, height }),
            };
            if cell.is_some() {
                picker.set_protocol_type(protocol);
            }
            Maker { picker, offline }
        });
        Pictures {
            maker,
            ready: HashMap::new(),
            order: VecDeque::new(),
            drawn: Vec::new(),
        }
    }

    /// The terminal has said that it draws sixels.
    pub fn knows_sixel(&mut self, auto: bool, cell: Option<(u16, u16)>) {
        if let (Some(maker), true, Some((width, height))) = (&mut self.maker, auto, cell)
            && maker.picker.protocol_type() == ProtocolType::Halfblocks
        {
            #[expect(
                deprecated,
                reason = "asking the terminal would hold up the first frame"
            )]
            let mut picker = Picker::from_fontsize(FontSize { width, height });
            picker.set_protocol_type(ProtocolType::Sixel);
            maker.picker = picker;
        }
    }

    /// What makes pictures; `None` when they are off.
    pub fn maker(&self) -> Option<Maker> {
        self.maker.clone()
    }

    /// Rows of a picture that is ready for such a room.
    pub fn rows(&self, url: &str, room: (u16, u16)) -> Option<u16> {
        let picture = self.ready.get(url)?;
        (picture.room == room).then(|| picture.rows())
    }

    /// Keeps a picture; the oldest goes.
    pub fn keep(&mut self, url: String, picture: Picture) {
        self.order.retain(|have| *have != url);
        self.order.push_back(url.clone());
        self.ready.insert(url, picture);
        while self.order.len() > KEEP {
            if let Some(old) = self.order.pop_front() {
                self.ready.remove(&old);
            }
        }
    }

    /// Draws a picture, if it is ready and has its room.
    pub fn draw(&mut self, buffer: &mut Buffer, url: &str, area: Area) {
        let Some(picture) = self.ready.get(url) else {
            return;
        };
        let area = Rect {
            x: area.x,
            y: area.y,
            width: area.w,
            height: area.h,
        }
        .intersection(*buffer.area());
        if area.height < picture.rows() {
            return;
        }
        self.drawn.push(area);
        Image::new(&picture.protocol).render(area, buffer);
    }
}

impl Maker {
    /// Fetches, decodes and scales.
    ///
    /// # Errors
    /// A sentence.
    pub fn make(&self, config: &Config, url: &str, room: (u16, u16)) -> Result<Picture, String> {
        let bytes = bytes(config, url, self.offline)?;
        let image = decode(&bytes)?;
        let size = Size {
            width: room.0,
            height: room.1,
        };
        let protocol = self
            .picker
            .new_protocol(image, size, Resize::Fit(None))
            .map_err(|error| error.to_string())?;
        Ok(Picture { protocol, room })
    }
}

/// The picture's bytes: those that a refresh has kept, else from the network.
fn bytes(config: &Config, url: &str, offline: bool) -> Result<Vec<u8>, String> {
    if offline {
        return refresh::kept_image(config, url).ok_or_else(|| "offline".to_owned());
    }
    refresh::fetch_image(config, url).map_err(|error| error.to_string())
}

/// Decodes within limits: a small file may claim to be a huge picture.
fn decode(bytes: &[u8]) -> Result<DynamicImage, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    reader.decode().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::decode;

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
}
