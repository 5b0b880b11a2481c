//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213479 blocks of pages of 845 outlets, seed 14. Text F1 with whole outlets left out (5 folds; weights and threshold):
//! fundus: 128 pages, 0.9662
//! scrapinghub: 88 pages, 0.9792
//! wcxb-dev: 714 pages, 0.9459

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.375;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [-0.145, -0.771], // held to be text
    [0.004, -0.823], // its odds so far
    [0.343, 0.674], // the next block is text
    [0.073, 0.361], // the next but one is text
    [0.126, -0.143], // the block before is text
    [-0.152, 0.183], // the one before that is text
    [-0.362, 0.304], // text on both sides
    [-0.009, 0.153], // text within five blocks on both sides
    [-0.235, 0.620], // a list item among text
    [0.317, -0.246], // a table's cell among text
    [0.946, 1.549], // a heading among text
    [0.104, 0.428], // a short line among text
    [-0.706, -0.972], // a link among text
    [0.039, 0.148], // a long block held to be text
    [0.074, 0.280], // its odds beside those of the page's text
    [-3.485, -2.603], // how much text the page has
    [-0.537, -0.606], // the page has little text
    [1.596, 2.106], // share of the text that looks so
    [-0.448, -0.172], // how much of what looks so is text
    [-0.328, 0.425], // how much of what looks exactly so is text
    [0.425, 0.578], // link text in what looks so
    [0.616, 0.544], // sentences in what looks so
    [-2.036, -2.216], // mean length of what looks so
    [1.139, 0.757], // how many look exactly so
    [0.100, 0.622], // running text
    [0.011, 0.400], // share of the running text that looks so
    [1.504, 2.203], // share of the running text that looks exactly so
    [-0.088, -0.509], // running text in its parent
    [1.088, 0.528], // running text in what holds that
    [-0.243, -0.353], // much of the running text is in boxes so named
    [-0.001, -0.156], // running text within two blocks
    [0.226, 0.457], // share of the text in its parent
    [-0.576, 0.068], // how much of its parent is text
    [-0.653, 0.509], // how much of what holds that is text
    [-0.589, -0.406], // link text in its parent
    [-0.562, -0.409], // link text in what holds that
    [2.377, 2.022], // mean length of blocks in its parent
    [0.206, -0.051], // mean length in what holds that
    [-1.148, -1.175], // how far down the page
    [-0.988, -1.026], // in a box that asks for scripts or consent
    [-0.459, -0.388], // in a box that asks for something
    [-0.552, -0.593], // named as beside the text, and looks like it
    [0.779, 1.126], // in the element that holds nearly all text
    [-0.971, -0.939], // steps up from there
    [-0.260, -0.537], // blocks before the first sure one
    [-0.326, 0.330], // blocks after the last sure one
    [-0.572, -0.754], // after the last sure one
    [-0.461, -0.413], // blocks since a sure one
    [-0.290, 0.055], // blocks until a sure one
    [-1.272, -1.775], // beginnings of other lists since the text began
    [0.497, 0.759], // right under the headline
    [-1.143, -1.109], // above the headline
    [-0.553, -0.758], // in another article of the page
    [1.544, 2.285], // the page describes itself so
    [-0.572, -0.598], // the headline again
    [0.500, 0.751], // length
    [-0.298, -0.400], // under 25 characters
    [0.352, 0.432], // under 60 characters
    [0.198, 0.200], // over 150 characters
    [-0.109, 0.009], // ends as a sentence
    [0.394, 0.547], // long sentences
    [-0.187, -0.181], // commas
    [-0.989, -1.435], // digits
    [-0.559, -0.806], // capitals
    [-0.063, -0.179], // bold
    [-0.644, -1.053], // in italics
    [-0.960, -1.271], // link text
    [-0.306, -0.581], // two fifths are link text
    [0.002, 0.009], // all link text
    [-0.486, -0.618], // separators
    [-0.719, -0.828], // a rights sign
    [-1.002, -1.537], // said before on the page
    [-0.050, -0.037], // a question
    [0.628, 1.074], // the page describes itself so, and it is above the text
    [-0.248, -0.054], // between the headline and the text
    [0.378, 0.572], // a sentence between the headline and the text
    [0.297, 0.478], // a paragraph
    [0.598, 0.811], // a heading
    [-1.325, -1.382], // a heading of the first rank
    [0.605, 0.952], // a heading over text
    [-0.007, -0.141], // a heading over something else
    [0.754, 0.521], // a list item
    [0.567, 0.880], // a short list item
    [0.055, 0.163], // a table's cell
    [0.754, 1.028], // a quotation
    [-0.216, -0.466], // preformatted
    [-1.120, -1.222], // in nav, aside, footer, header or form
    [-0.678, -0.817], // in a figure
    [-0.293, -0.311], // in no paragraph
    [-1.594, -2.084], // says: read more
    [-0.580, -0.818], // says: subscribe
    [-0.473, -0.534], // says: photo
    [-0.687, -0.738], // says: by
    [-0.618, -0.685], // says: enable scripts
    [-0.467, -0.697], // long text in a box named as beside the text
    [-0.015, -0.122], // itself named comments
    [0.167, 0.091], // itself named tools
    [-0.614, -0.708], // itself named related
    [0.841, 0.993], // itself named an offer
    [-0.046, -0.201], // itself named an advertisement
    [-0.252, -0.209], // itself named the frame
    [-0.761, -1.213], // itself named a byline
    [-0.775, -1.055], // itself named a caption
    [-0.224, -0.179], // itself named tags
    [-0.177, -0.266], // itself named a box
    [0.033, 0.053], // itself named legal
    [-0.539, -0.825], // itself named hidden
    [0.134, 0.188], // itself named the standfirst
    [0.464, 0.728], // itself named the text
    [0.255, 0.078], // itself named media
    [0.014, 0.023], // itself named the title
    [0.075, 0.188], // itself named the text for machines
    [0.135, 0.116], // itself named a pay wall
    [0.459, 0.413], // itself named a post
    [-3.682, -4.482], // within what is named comments
    [-0.235, -0.101], // within what is named tools
    [0.191, 0.403], // within what is named related
    [-1.000, -1.033], // within what is named an offer
    [-0.403, -0.591], // within what is named an advertisement
    [-0.385, -0.340], // within what is named the frame
    [-0.970, -0.883], // within what is named a byline
    [-0.991, -1.345], // within what is named a caption
    [0.042, -0.054], // within what is named tags
    [-0.143, -0.062], // within what is named a box
    [-1.098, -1.260], // within what is named legal
    [-0.661, -0.652], // within what is named hidden
    [-0.138, -0.186], // within what is named the standfirst
    [-0.044, -0.307], // within what is named the text
    [-0.991, -1.183], // within what is named media
    [-0.047, -0.003], // within what is named the title
    [0.099, 0.151], // within what is named the text for machines
    [0.111, 0.213], // within what is named a pay wall
    [-0.190, -0.249], // within what is named a post
    [-1.742, -2.026], // article named comments
    [0.533, 0.807], // article named tools
    [0.513, 0.800], // article named related
    [0.135, 0.076], // article named an offer
    [-0.051, -0.075], // article named an advertisement
    [0.303, 0.395], // article named the frame
    [-0.021, -0.017], // article named a byline
    [0.357, 0.451], // article named a caption
    [0.203, 0.291], // article named tags
    [0.138, 0.196], // article named a box
    [0.268, 0.003], // article named legal
    [0.334, 0.626], // article named hidden
    [0.645, 0.737], // article named the standfirst
    [0.775, 1.039], // article named the text
    [0.604, 0.738], // article named media
    [-0.584, -0.986], // article named the title
    [0.539, 0.589], // article named the text for machines
    [0.428, 0.516], // article named a pay wall
    [0.000, 0.000], // article named a post
    [1.340, -0.776], // none of these
];
