//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213712 blocks of pages of 845 outlets, seed 14. Text F1 with whole outlets left out (5 folds; weights and threshold):
//! fundus: 128 pages, 0.9749
//! scrapinghub: 88 pages, 0.9813
//! wcxb-dev: 714 pages, 0.9570

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.375;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [0.206, -0.840], // held to be text
    [-0.079, -0.842], // its odds so far
    [0.323, 0.630], // the next block is text
    [0.051, 0.362], // the next but one is text
    [0.181, -0.086], // the block before is text
    [-0.215, 0.150], // the one before that is text
    [-0.389, 0.346], // text on both sides
    [0.021, 0.118], // text within five blocks on both sides
    [-0.231, 0.670], // a list item among text
    [0.302, -0.119], // a table's cell among text
    [0.920, 1.543], // a heading among text
    [0.012, 0.360], // a short line among text
    [-0.715, -0.982], // a link among text
    [0.057, 0.041], // a long block held to be text
    [0.031, 0.295], // its odds beside those of the page's text
    [-3.513, -2.847], // how much text the page has
    [-0.521, -1.156], // the page has little text
    [0.521, 1.325], // share of the text that looks so
    [-0.499, -0.225], // how much of what looks so is text
    [-0.050, 0.492], // how much of what looks exactly so is text
    [0.274, 0.332], // link text in what looks so
    [0.482, 0.410], // sentences in what looks so
    [-2.210, -2.444], // mean length of what looks so
    [1.031, 0.629], // how many look exactly so
    [0.716, 1.124], // running text
    [1.038, 1.210], // share of the running text that looks so
    [1.746, 2.618], // share of the running text that looks exactly so
    [0.114, -0.325], // running text in its parent
    [1.138, 0.868], // running text in what holds that
    [-0.308, -0.639], // much of the running text is in boxes so named
    [0.174, 0.013], // running text within two blocks
    [0.153, 0.340], // share of the text in its parent
    [-0.668, -0.010], // how much of its parent is text
    [-0.694, 0.513], // how much of what holds that is text
    [-0.550, -0.391], // link text in its parent
    [-0.481, -0.303], // link text in what holds that
    [2.348, 1.786], // mean length of blocks in its parent
    [0.260, -0.353], // mean length in what holds that
    [-1.083, -1.102], // how far down the page
    [-1.111, -1.160], // in a box that asks for scripts or consent
    [-0.497, -0.410], // in a box that asks for something
    [-0.372, -0.441], // named as beside the text, and looks like it
    [0.869, 1.224], // in the element that holds nearly all text
    [-0.916, -0.935], // steps up from there
    [-0.339, -0.471], // blocks before the first sure one
    [-0.282, 0.235], // blocks after the last sure one
    [-0.601, -0.834], // after the last sure one
    [-0.428, -0.274], // blocks since a sure one
    [-0.261, 0.036], // blocks until a sure one
    [-1.257, -1.743], // beginnings of other lists since the text began
    [0.381, 0.667], // right under the headline
    [-0.974, -1.440], // above the headline
    [-0.574, -0.824], // in another article of the page
    [1.417, 2.048], // the page describes itself so
    [-0.577, -0.634], // the headline again
    [0.765, 0.880], // length
    [-0.262, -0.385], // under 25 characters
    [0.450, 0.625], // under 60 characters
    [0.158, 0.211], // over 150 characters
    [-0.146, -0.098], // ends as a sentence
    [0.150, 0.297], // long sentences
    [-0.217, -0.234], // commas
    [-0.990, -1.397], // digits
    [-0.619, -0.846], // capitals
    [-0.063, -0.152], // bold
    [-0.552, -0.921], // in italics
    [-0.862, -1.175], // link text
    [-0.256, -0.372], // two fifths are link text
    [0.033, 0.067], // all link text
    [-0.488, -0.617], // separators
    [-0.690, -0.766], // a rights sign
    [-0.990, -1.473], // said before on the page
    [-0.007, 0.018], // a question
    [0.663, 1.131], // the page describes itself so, and it is above the text
    [-0.081, -0.221], // between the headline and the text
    [0.118, 0.579], // a sentence between the headline and the text
    [0.338, 0.490], // a paragraph
    [0.632, 0.819], // a heading
    [-1.273, -1.496], // a heading of the first rank
    [0.590, 0.899], // a heading over text
    [0.042, -0.080], // a heading over something else
    [0.798, 0.536], // a list item
    [0.583, 0.947], // a short list item
    [0.112, 0.236], // a table's cell
    [0.718, 0.971], // a quotation
    [-0.136, -0.406], // preformatted
    [-1.121, -1.225], // in nav, aside, footer, header or form
    [-0.661, -0.851], // in a figure
    [-0.242, -0.308], // in no paragraph
    [-1.712, -2.210], // says: read more
    [-0.576, -0.836], // says: subscribe
    [-0.537, -0.602], // says: photo
    [-0.759, -0.842], // says: by
    [-0.966, -0.956], // says: enable scripts
    [-0.375, -0.495], // long text in a box named as beside the text
    [-0.155, -0.189], // itself named comments
    [0.149, 0.093], // itself named tools
    [-0.568, -0.731], // itself named related
    [1.001, 1.130], // itself named an offer
    [-0.073, -0.175], // itself named an advertisement
    [-0.260, -0.242], // itself named the frame
    [-0.730, -1.172], // itself named a byline
    [-0.735, -0.997], // itself named a caption
    [-0.191, -0.178], // itself named tags
    [-0.250, -0.349], // itself named a box
    [-0.610, -0.993], // itself named legal
    [-0.572, -0.832], // itself named hidden
    [0.118, 0.216], // itself named the standfirst
    [0.554, 0.869], // itself named the text
    [0.221, -0.032], // itself named media
    [0.040, 0.024], // itself named the title
    [0.102, 0.325], // itself named the text for machines
    [0.118, 0.132], // itself named a pay wall
    [0.412, 0.411], // itself named a post
    [-1.889, -3.014], // within what is named comments
    [-0.282, -0.190], // within what is named tools
    [0.074, 0.444], // within what is named related
    [-1.073, -1.251], // within what is named an offer
    [-0.286, -0.562], // within what is named an advertisement
    [-0.493, -0.347], // within what is named the frame
    [-1.026, -0.981], // within what is named a byline
    [-0.966, -1.407], // within what is named a caption
    [-0.049, -0.120], // within what is named tags
    [-0.085, 0.017], // within what is named a box
    [-1.062, -1.075], // within what is named legal
    [-0.716, -0.582], // within what is named hidden
    [-0.105, -0.161], // within what is named the standfirst
    [-0.078, -0.287], // within what is named the text
    [-0.953, -1.112], // within what is named media
    [-0.073, -0.009], // within what is named the title
    [0.109, 0.152], // within what is named the text for machines
    [0.199, 0.262], // within what is named a pay wall
    [-0.151, -0.168], // within what is named a post
    [-1.540, -1.162], // article named comments
    [0.598, 0.868], // article named tools
    [0.653, 0.405], // article named related
    [0.134, 0.083], // article named an offer
    [-0.005, 0.008], // article named an advertisement
    [0.286, 0.456], // article named the frame
    [-0.088, -0.059], // article named a byline
    [0.699, 0.635], // article named a caption
    [0.216, 0.342], // article named tags
    [0.132, 0.207], // article named a box
    [0.273, -0.248], // article named legal
    [0.307, 0.528], // article named hidden
    [0.595, 0.691], // article named the standfirst
    [0.744, 0.970], // article named the text
    [0.621, 0.666], // article named media
    [-0.604, -0.982], // article named the title
    [0.525, 0.626], // article named the text for machines
    [0.426, 0.501], // article named a pay wall
    [0.000, 0.000], // article named a post
    [0.497, -0.405], // none of these
];
