//! Pictures: fetched, decoded and scaled off the UI thread, drawn by what the terminal can.
//! Never here: which pictures, where they stand.

use std::collections::{HashMap, VecDeque};
use std::io::Cursor;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use image::{DynamicImage, ImageReader, Limits};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::{FilterType, FontSize, Image, Resize};

use crate::config::{Config, Images};
use crate::refresh::{self, OnDemand};

use super::state::layout::Area;
use super::theme::Colours;

/// Pictures kept.
const KEEP: usize = 8;
/// Pixels of a side beyond which a picture is refused.
const MAX_SIDE: u32 = 12_000;
/// Bytes a decoder may take.
const MAX_BYTES: u64 = 96 * 1024 * 1024;
/// A cell as half-blocks count it: two square pixels, one above the other.
const HALF: (u16, u16) = (10, 20);

/// How pictures reach a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImageProtocol {
    /// Coloured half-blocks, which are ordinary cells.
    Halfblocks,
    /// The graphics protocol of kitty, with placeholders in the cells.
    Kitty,
    /// iTerm2's inline images.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// What pictures have to know of the terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Canvas {
    /// Pixels of one cell, where the terminal says.
    pub cell: Option<(u16, u16)>,
    /// Its colours.
    pub colours: Colours,
    /// Nothing beyond ASCII can be shown.
    pub ascii: bool,
    /// The network is not asked.
    pub offline: bool,
}

/// A picture ready to be drawn.
pub struct Picture {
    protocol: Protocol,
    room: (u16, u16),
    /// The number that the terminal knows it by, where it keeps pictures itself.
    number: Option<u32>,
}

impl Picture {
    /// Rows it takes.
    pub fn rows(&self) -> u16 {
        self.protocol.size().height
    }
}

/// A picture's address and its bytes as they came.
type Fetched = (String, Arc<[u8]>);

/// Makes pictures for this terminal.
#[derive(Clone)]
pub struct Maker {
    protocol: ImageProtocol,
    canvas: Canvas,
    /// The bytes of the last ones, so that another size of the window does not ask the network again.
    bytes: Arc<Mutex<VecDeque<Fetched>>>,
}

/// The pictures that are ready.
pub struct Pictures {
    maker: Option<Maker>,
    ready: HashMap<String, Picture>,
    order: VecDeque<String>,
    /// Numbers of pictures that the terminal keeps and need no more.
    gone: Vec<u32>,
    /// Where pictures stand in the frame being drawn: there alone a cell may hold an escape.
    pub drawn: Vec<Rect>,
}

/// How the terminal takes pictures, by the config and by what it says of itself in the environment;
/// nothing is sent to a terminal that has not said that it takes it.
fn protocol_for(images: Images, var: &dyn Fn(&str) -> String) -> Option<ImageProtocol> {
    let (term, program) = (var("TERM"), var("TERM_PROGRAM"));
    // What the outer terminal can is not what arrives from inside a multiplexer: a picture for it would
    // have to be passed through, and whether that works nobody says.
    let inside = !var("TMUX").is_empty()
        || !var("STY").is_empty()
        || ["screen", "tmux"].iter().any(|name| term.starts_with(name))
        || program == "tmux";
    match images {
        Images::Off => None,
        // A multiplexer that takes sixels draws them itself.
        Images::Sixel => Some(ImageProtocol::Sixel),
        _ if inside => Some(ImageProtocol::Halfblocks),
        Images::Kitty => Some(ImageProtocol::Kitty),
        Images::Iterm2 => Some(ImageProtocol::Iterm2),
        Images::Halfblocks => Some(ImageProtocol::Halfblocks),
        Images::Auto if term.contains("kitty") || term.contains("ghostty") => {
            Some(ImageProtocol::Kitty)
        }
        Images::Auto if program == "iTerm.app" || program == "WezTerm" => {
            Some(ImageProtocol::Iterm2)
        }
        Images::Auto => Some(ImageProtocol::Halfblocks),
    }
}

impl Pictures {
    /// For such a terminal, which is not asked for anything.
    pub fn new(config: &Config, canvas: Canvas) -> Pictures {
        let var = |name: &str| std::env::var(name).unwrap_or_default();
        let protocol = protocol_for(config.reader.images, &var)
            .and_then(|protocol| possible(protocol, &canvas));
        Pictures::by(protocol, canvas)
    }

    fn by(protocol: Option<ImageProtocol>, canvas: Canvas) -> Pictures {
        let maker = protocol.map(|protocol| Maker {
            protocol,
            canvas,
            bytes: Arc::default(),
        });
        Pictures {
            maker,
            ready: HashMap::new(),
            order: VecDeque::new(),
            gone: Vec::new(),
            drawn: Vec::new(),
        }
    }

    /// The terminal has said that it draws sixels.
    pub fn knows_sixel(&mut self, config: &Config, cell: Option<(u16, u16)>) {
        let images = config.reader.images;
        let halfblocks = |maker: &Maker| maker.protocol == ImageProtocol::Halfblocks;
        if images == Images::Auto
            && cell.is_some()
            && let Some(maker) = self.maker.as_mut().filter(|maker| halfblocks(maker))
        {
            maker.canvas.cell = cell;
            maker.protocol = ImageProtocol::Sixel;
        }
    }

    /// What makes pictures; `None` when they are off.
    pub fn maker(&self) -> Option<Maker> {
        self.maker.clone()
    }

    /// The window has another size, and so may its cells.
    pub fn resized(&mut self, cell: Option<(u16, u16)>) {
        if let Some(maker) = &mut self.maker
            && maker.canvas.cell != cell
            && cell.is_some()
        {
            maker.canvas.cell = cell;
            self.forget();
        }
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
        let before = self.ready.insert(url, picture);
        self.gone.extend(before.and_then(|picture| picture.number));
        while self.order.len() > KEEP {
            if let Some(old) = self.order.pop_front() {
                let old = self.ready.remove(&old);
                self.gone.extend(old.and_then(|picture| picture.number));
            }
        }
    }

    /// Lets go of every picture: the terminal has, or will.
    pub fn forget(&mut self) {
        self.order.clear();
        let all = self.ready.drain();
        self.gone
            .extend(all.filter_map(|(_, picture)| picture.number));
    }

    /// The bytes that make the terminal drop the pictures that are gone.
    pub fn farewell(&mut self) -> String {
        let numbers = self.gone.drain(..);
        numbers
            .map(|number| format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\"))
            .collect()
    }

    /// Draws the rows of a picture that lie in the area, if it is ready: `from` of them are above it. What
    /// cannot be drawn in part is drawn whole or not at all.
    pub fn draw(&mut self, buffer: &mut Buffer, url: &str, area: Area, from: u16) {
        let (Some(picture), Some(maker)) = (self.ready.get(url), &self.maker) else {
            return;
        };
        let area = Rect {
            x: area.x,
            y: area.y,
            width: area.w,
            height: area.h,
        }
        .intersection(*buffer.area());
        let size = picture.protocol.size();
        let whole = from == 0 && area.height >= size.height && area.width >= size.width;
        let in_part = matches!(
            maker.protocol,
            ImageProtocol::Halfblocks | ImageProtocol::Kitty
        );
        if area.is_empty() || !(whole || in_part) {
            return;
        }
        if whole && maker.protocol != ImageProtocol::Halfblocks {
            self.drawn.push(area);
            Image::new(&picture.protocol).render(area, buffer);
            return;
        }
        // Drawn aside, and the rows that are seen are taken over.
        let aside = Rect::from(((0, 0).into(), size));
        let mut cells = Buffer::empty(aside);
        Image::new(&picture.protocol).render(aside, &mut cells);
        self.drawn.push(area);
        let mut sent = None;
        for y in 0..size.height {
            for x in 0..size.width.min(area.width) {
                let mut cell = cells[(x, y)].clone();
                // What sends the picture itself stands once, before its first cell.
                let (transmission, shown) = parted(cell.symbol());
                if let Some(transmission) = transmission {
                    sent = Some(transmission.to_owned());
                    let shown = shown.to_owned();
                    cell.set_symbol(&shown);
                }
                if y < from || y - from >= area.height {
                    continue;
                }
                if let Some(first) = sent.take() {
                    let symbol = format!("{first}{}", cell.symbol());
                    cell.set_symbol(&symbol);
                }
                if maker.protocol == ImageProtocol::Halfblocks && !maker.canvas.colours.direct {
                    narrow(&mut cell);
                }
                buffer[(area.x + x, area.y + y - from)] = cell;
            }
        }
    }
}

/// The protocol itself, where the terminal can do it; else the next best.
fn possible(protocol: ImageProtocol, canvas: &Canvas) -> Option<ImageProtocol> {
    let protocol = if canvas.cell.is_none() {
        ImageProtocol::Halfblocks
    } else {
        protocol
    };
    let coloured = canvas.colours.many && !canvas.colours.none;
    (protocol != ImageProtocol::Halfblocks || (coloured && !canvas.ascii)).then_some(protocol)
}

/// What of a cell sends a picture to kitty, and what shows it.
fn parted(symbol: &str) -> (Option<&str>, &str) {
    if !symbol.starts_with("\x1b_G") {
        return (None, symbol);
    }
    match symbol.rfind("\x1b\\") {
        Some(end) => (Some(&symbol[..end + 2]), &symbol[end + 2..]),
        None => (None, symbol),
    }
}

/// The nearest of 256 colours, for terminals that may not know more: of the cube or of the greys.
fn narrow(cell: &mut Cell) {
    let nearest = |colour: Color| match colour {
        Color::Rgb(r, g, b) => {
            let step = |part: u8| match part {
                0..48 => 0,
                48..115 => 1,
                part => (part - 35) / 40,
            };
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = [r, g, b].map(step);
            let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
            let grey = (mean.clamp(8, 238) - 3) / 10;
            let grey = u8::try_from(grey).unwrap_or(0).min(23);
            let far = |to: [u8; 3]| -> u32 {
                let parts = [r, g, b].into_iter().zip(to);
                parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
            };
            if far([8 + 10 * grey; 3]) < far(cube.map(level)) {
                Color::Indexed(232 + grey)
            } else {
                Color::Indexed(16 + 36 * cube[0] + 6 * cube[1] + cube[2])
            }
        }
        other => other,
    };
    cell.fg = nearest(cell.fg);
    cell.bg = nearest(cell.bg);
}

impl Maker {
    /// Fetches, decodes and scales.
    ///
    /// # Errors
    /// A sentence.
    pub fn make(
        &self,
        on_demand: &OnDemand,
        config: &Config,
        (url, fetch): (&str, bool),
        room: (u16, u16),
    ) -> Result<Picture, String> {
        let have = || self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let known = have()
            .iter()
            .find(|(name, _)| name == url)
            .map(|(_, bytes)| Arc::clone(bytes));
        let bytes = match known {
            Some(bytes) => bytes,
            None => {
                let bytes: Arc<[u8]> =
                    bytes(on_demand, config, url, fetch && !self.canvas.offline)?.into();
                let mut have = have();
                have.push_back((url.to_owned(), Arc::clone(&bytes)));
                if have.len() > KEEP {
                    have.pop_front();
                }
                bytes
            }
        };
        self.scale(&decode(&bytes)?, room)
    }

    fn scale(&self, image: &DynamicImage, room: (u16, u16)) -> Result<Picture, String> {
        /// Numbers of pictures, different for each newsprint on a terminal.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let (width, height) = match self.protocol {
            ImageProtocol::Halfblocks => HALF,
            _ => self.canvas.cell.unwrap_or(HALF),
        };
        let cell = FontSize { width, height };
        let room_size = Size {
            width: room.0,
            height: room.1,
        };
        let fit = Resize::Fit(Some(FilterType::Triangle));
        let size = fit.size_for(image, cell, room_size);
        // What a picture leaves of its last cells would be black: half-blocks fill them instead.
        let image = match self.protocol {
            ImageProtocol::Halfblocks => image.resize_exact(
                u32::from(size.width),
                u32::from(size.height) * 2,
                FilterType::Triangle,
            ),
            _ => fit.resize(image, cell, size, None),
        };
        let mut number = None;
        let protocol = match self.protocol {
            ImageProtocol::Halfblocks => Halfblocks::new(image, size).map(Protocol::Halfblocks),
            ImageProtocol::Iterm2 => Iterm2::new(image, size, false).map(Protocol::ITerm2),
            ImageProtocol::Sixel => Sixel::new(image, size, false).map(Protocol::Sixel),
            ImageProtocol::Kitty => {
                // Of the 24 bits that every terminal takes: some from the process, some counted.
                let own = std::process::id() & 0xffff;
                let next = NEXT.fetch_add(1, Ordering::Relaxed) & 0xff;
                let id = (own << 8 | next).max(1);
                number = Some(id);
                Kitty::new(image, size, id, false, false).map(Protocol::Kitty)
            }
        }
        .map_err(|error| error.to_string())?;
        Ok(Picture {
            protocol,
            room,
            number,
        })
    }
}

/// The picture's bytes: those that a refresh has kept, else, if its host may be asked, from the network.
fn bytes(on_demand: &OnDemand, config: &Config, url: &str, fetch: bool) -> Result<Vec<u8>, String> {
    if !fetch {
        return refresh::kept_image(config, url).ok_or_else(|| "not on this disk".to_owned());
    }
    on_demand
        .fetch_image(config, url)
        .map_err(|error| error.to_string())
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
mod tests;
