//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213479 blocks of pages of 845 outlets, seed 14. Text F1 with whole outlets left out (5 folds; weights and threshold):
//! fundus: 128 pages, 0.9647
//! scrapinghub: 88 pages, 0.9656
//! wcxb-dev: 714 pages, 0.9444

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.375;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [-0.077, -0.328], // held to be text
    [-0.098, -0.460], // its odds so far
    [0.295, 0.577], // the next block is text
    [0.092, 0.292], // the next but one is text
    [0.094, -0.059], // the block before is text
    [-0.126, 0.152], // the one before that is text
    [-0.098, 0.353], // text on both sides
    [0.060, 0.049], // text within five blocks on both sides
    [-0.222, 0.331], // a list item among text
    [0.044, -0.083], // a table's cell among text
    [0.701, 0.947], // a heading among text
    [0.232, 0.429], // a short line among text
    [-0.390, -0.454], // a link among text
    [0.006, 0.108], // a long block held to be text
    [0.165, 0.255], // its odds beside those of the page's text
    [-1.023, -1.222], // how much text the page has
    [-0.197, -0.158], // the page has little text
    [1.085, 1.259], // share of the text that looks so
    [-0.421, 0.040], // how much of what looks so is text
    [-0.390, 0.167], // how much of what looks exactly so is text
    [-0.066, 0.068], // link text in what looks so
    [0.338, 0.344], // sentences in what looks so
    [-0.479, -0.820], // mean length of what looks so
    [0.757, 0.292], // how many look exactly so
    [0.179, 0.441], // running text
    [0.610, 0.553], // share of the running text that looks so
    [1.415, 1.591], // share of the running text that looks exactly so
    [0.086, -0.151], // running text in its parent
    [0.506, 0.277], // running text in what holds that
    [-0.139, -0.276], // much of the running text is in boxes so named
    [0.045, -0.216], // running text within two blocks
    [0.338, 0.382], // share of the text in its parent
    [-0.227, 0.262], // how much of its parent is text
    [-0.041, 0.450], // how much of what holds that is text
    [-0.361, -0.218], // link text in its parent
    [-0.372, -0.221], // link text in what holds that
    [0.756, 0.712], // mean length of blocks in its parent
    [0.368, 0.028], // mean length in what holds that
    [-0.881, -0.639], // how far down the page
    [-0.534, -0.558], // in a box that asks for scripts or consent
    [-0.362, -0.240], // in a box that asks for something
    [-0.784, -0.824], // named as beside the text, and looks like it
    [0.875, 0.820], // in the element that holds nearly all text
    [-0.653, -0.597], // steps up from there
    [-0.378, -0.420], // blocks before the first sure one
    [-0.553, -0.039], // blocks after the last sure one
    [-0.448, -0.430], // after the last sure one
    [-0.261, -0.276], // blocks since a sure one
    [-0.112, 0.011], // blocks until a sure one
    [-1.232, -1.406], // beginnings of other lists since the text began
    [0.548, 0.568], // right under the headline
    [-0.763, -0.753], // above the headline
    [-0.512, -0.580], // in another article of the page
    [1.104, 1.125], // the page describes itself so
    [-0.577, -0.390], // the headline again
    [0.131, 0.152], // length
    [-0.247, -0.300], // under 25 characters
    [0.358, 0.254], // under 60 characters
    [0.165, 0.189], // over 150 characters
    [0.038, 0.113], // ends as a sentence
    [0.265, 0.324], // long sentences
    [-0.200, -0.116], // commas
    [-0.430, -0.589], // digits
    [-0.227, -0.315], // capitals
    [-0.041, -0.139], // bold
    [-0.460, -0.567], // in italics
    [-0.518, -0.656], // link text
    [-0.465, -0.478], // two fifths are link text
    [-0.083, -0.005], // all link text
    [-0.275, -0.265], // separators
    [-0.225, -0.302], // a rights sign
    [-0.839, -0.975], // said before on the page
    [-0.081, -0.060], // a question
    [0.690, 0.812], // the page describes itself so, and it is above the text
    [-0.013, 0.037], // between the headline and the text
    [0.279, 0.322], // a sentence between the headline and the text
    [0.185, 0.270], // a paragraph
    [0.475, 0.532], // a heading
    [-0.697, -0.615], // a heading of the first rank
    [0.533, 0.634], // a heading over text
    [-0.058, -0.102], // a heading over something else
    [0.626, 0.355], // a list item
    [0.512, 0.531], // a short list item
    [-0.037, 0.025], // a table's cell
    [0.475, 0.453], // a quotation
    [-0.212, -0.304], // preformatted
    [-0.926, -0.794], // in nav, aside, footer, header or form
    [-0.597, -0.523], // in a figure
    [-0.409, -0.373], // in no paragraph
    [-0.618, -0.822], // says: read more
    [-0.241, -0.331], // says: subscribe
    [-0.166, -0.211], // says: photo
    [-0.203, -0.247], // says: by
    [-0.232, -0.283], // says: enable scripts
    [-0.648, -0.632], // long text in a box named as beside the text
    [-0.081, -0.079], // itself named comments
    [0.073, 0.047], // itself named tools
    [-0.198, -0.257], // itself named related
    [0.204, 0.391], // itself named an offer
    [-0.060, -0.077], // itself named an advertisement
    [-0.264, -0.208], // itself named the frame
    [-0.539, -0.581], // itself named a byline
    [-0.605, -0.703], // itself named a caption
    [-0.124, -0.064], // itself named tags
    [-0.107, -0.150], // itself named a box
    [-0.089, -0.046], // itself named legal
    [-0.253, -0.349], // itself named hidden
    [0.126, 0.160], // itself named the standfirst
    [0.355, 0.443], // itself named the text
    [-0.049, -0.043], // itself named media
    [0.037, 0.024], // itself named the title
    [0.025, 0.043], // itself named the text for machines
    [0.011, 0.033], // itself named a pay wall
    [0.068, 0.116], // itself named a post
    [-2.233, -2.351], // within what is named comments
    [-0.139, -0.021], // within what is named tools
    [0.188, 0.387], // within what is named related
    [-0.736, -0.732], // within what is named an offer
    [-0.202, -0.230], // within what is named an advertisement
    [-0.229, -0.180], // within what is named the frame
    [-0.839, -0.568], // within what is named a byline
    [-0.742, -0.830], // within what is named a caption
    [0.023, -0.161], // within what is named tags
    [-0.192, -0.032], // within what is named a box
    [-0.437, -0.468], // within what is named legal
    [-0.565, -0.349], // within what is named hidden
    [-0.090, -0.016], // within what is named the standfirst
    [0.001, -0.150], // within what is named the text
    [-0.757, -0.652], // within what is named media
    [-0.120, -0.000], // within what is named the title
    [0.022, 0.041], // within what is named the text for machines
    [0.003, 0.068], // within what is named a pay wall
    [0.089, 0.002], // within what is named a post
    [-1.424, -1.322], // article named comments
    [0.508, 0.563], // article named tools
    [0.376, 0.241], // article named related
    [-0.003, -0.076], // article named an offer
    [0.013, 0.034], // article named an advertisement
    [0.334, 0.299], // article named the frame
    [-0.031, 0.093], // article named a byline
    [0.143, 0.268], // article named a caption
    [0.250, 0.287], // article named tags
    [0.103, 0.130], // article named a box
    [0.126, -0.060], // article named legal
    [0.301, 0.282], // article named hidden
    [0.437, 0.298], // article named the standfirst
    [0.744, 0.827], // article named the text
    [0.561, 0.466], // article named media
    [-0.499, -0.511], // article named the title
    [0.583, 0.438], // article named the text for machines
    [0.294, 0.308], // article named a pay wall
    [0.000, 0.000], // article named a post
    [-0.970, -1.293], // none of these
];
