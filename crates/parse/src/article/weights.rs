//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213744 blocks of pages of 845 outlets, seed 14. Text F1 with whole outlets left out (5 folds; weights and threshold):
//! fundus: 128 pages, 0.9707
//! scrapinghub: 88 pages, 0.9798
//! wcxb-dev: 714 pages, 0.9504

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.375;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [-0.013, -0.914], // held to be text
    [-0.031, -0.837], // its odds so far
    [0.344, 0.614], // the next block is text
    [0.047, 0.356], // the next but one is text
    [0.203, -0.134], // the block before is text
    [-0.199, 0.184], // the one before that is text
    [-0.444, 0.370], // text on both sides
    [0.011, 0.065], // text within five blocks on both sides
    [-0.251, 0.624], // a list item among text
    [0.301, -0.125], // a table's cell among text
    [0.924, 1.542], // a heading among text
    [0.021, 0.391], // a short line among text
    [-0.713, -0.985], // a link among text
    [0.073, 0.110], // a long block held to be text
    [0.024, 0.287], // its odds beside those of the page's text
    [-3.559, -2.777], // how much text the page has
    [-0.528, -0.990], // the page has little text
    [0.571, 1.384], // share of the text that looks so
    [-0.508, -0.197], // how much of what looks so is text
    [-0.057, 0.469], // how much of what looks exactly so is text
    [0.274, 0.346], // link text in what looks so
    [0.497, 0.457], // sentences in what looks so
    [-2.215, -2.390], // mean length of what looks so
    [1.058, 0.735], // how many look exactly so
    [0.621, 1.119], // running text
    [0.996, 1.140], // share of the running text that looks so
    [1.734, 2.528], // share of the running text that looks exactly so
    [0.171, -0.306], // running text in its parent
    [1.200, 0.809], // running text in what holds that
    [-0.323, -0.521], // much of the running text is in boxes so named
    [0.134, -0.019], // running text within two blocks
    [0.136, 0.388], // share of the text in its parent
    [-0.725, -0.016], // how much of its parent is text
    [-0.771, 0.485], // how much of what holds that is text
    [-0.546, -0.387], // link text in its parent
    [-0.526, -0.310], // link text in what holds that
    [2.301, 1.917], // mean length of blocks in its parent
    [0.204, -0.247], // mean length in what holds that
    [-1.126, -1.090], // how far down the page
    [-1.099, -1.125], // in a box that asks for scripts or consent
    [-0.496, -0.449], // in a box that asks for something
    [-0.407, -0.436], // named as beside the text, and looks like it
    [0.830, 1.147], // in the element that holds nearly all text
    [-0.928, -0.955], // steps up from there
    [-0.161, -0.577], // blocks before the first sure one
    [-0.295, 0.243], // blocks after the last sure one
    [-0.606, -0.928], // after the last sure one
    [-0.448, -0.321], // blocks since a sure one
    [-0.281, 0.024], // blocks until a sure one
    [-1.277, -1.776], // beginnings of other lists since the text began
    [0.439, 0.656], // right under the headline
    [-1.281, -1.347], // above the headline
    [-0.576, -0.815], // in another article of the page
    [1.430, 2.108], // the page describes itself so
    [-0.641, -0.707], // the headline again
    [0.597, 0.849], // length
    [-0.282, -0.380], // under 25 characters
    [0.423, 0.606], // under 60 characters
    [0.199, 0.187], // over 150 characters
    [-0.128, -0.102], // ends as a sentence
    [0.180, 0.264], // long sentences
    [-0.202, -0.218], // commas
    [-1.013, -1.372], // digits
    [-0.618, -0.819], // capitals
    [-0.035, -0.143], // bold
    [-0.583, -0.964], // in italics
    [-0.838, -1.126], // link text
    [-0.263, -0.443], // two fifths are link text
    [0.027, 0.049], // all link text
    [-0.494, -0.637], // separators
    [-0.667, -0.770], // a rights sign
    [-1.015, -1.588], // said before on the page
    [0.003, 0.030], // a question
    [0.639, 1.088], // the page describes itself so, and it is above the text
    [-0.246, -0.172], // between the headline and the text
    [0.150, 0.588], // a sentence between the headline and the text
    [0.287, 0.466], // a paragraph
    [0.592, 0.807], // a heading
    [-1.296, -1.432], // a heading of the first rank
    [0.572, 0.904], // a heading over text
    [0.021, -0.097], // a heading over something else
    [0.759, 0.559], // a list item
    [0.595, 0.942], // a short list item
    [0.028, 0.166], // a table's cell
    [0.703, 0.990], // a quotation
    [-0.211, -0.435], // preformatted
    [-1.142, -1.268], // in nav, aside, footer, header or form
    [-0.683, -0.810], // in a figure
    [-0.295, -0.312], // in no paragraph
    [-1.702, -2.175], // says: read more
    [-0.581, -0.817], // says: subscribe
    [-0.500, -0.590], // says: photo
    [-0.725, -0.840], // says: by
    [-0.947, -0.883], // says: enable scripts
    [-0.416, -0.593], // long text in a box named as beside the text
    [-0.151, -0.136], // itself named comments
    [0.151, 0.094], // itself named tools
    [-0.623, -0.762], // itself named related
    [0.938, 1.059], // itself named an offer
    [-0.056, -0.209], // itself named an advertisement
    [-0.200, -0.222], // itself named the frame
    [-0.739, -1.197], // itself named a byline
    [-0.739, -1.010], // itself named a caption
    [-0.197, -0.161], // itself named tags
    [-0.261, -0.352], // itself named a box
    [0.042, 0.116], // itself named legal
    [-0.524, -0.808], // itself named hidden
    [0.135, 0.203], // itself named the standfirst
    [0.501, 0.734], // itself named the text
    [0.221, 0.008], // itself named media
    [0.001, 0.019], // itself named the title
    [0.096, 0.306], // itself named the text for machines
    [0.149, 0.129], // itself named a pay wall
    [0.436, 0.418], // itself named a post
    [-1.904, -3.019], // within what is named comments
    [-0.256, -0.153], // within what is named tools
    [0.119, 0.428], // within what is named related
    [-1.039, -1.103], // within what is named an offer
    [-0.275, -0.514], // within what is named an advertisement
    [-0.472, -0.366], // within what is named the frame
    [-1.031, -0.979], // within what is named a byline
    [-0.967, -1.384], // within what is named a caption
    [-0.025, -0.107], // within what is named tags
    [-0.071, 0.015], // within what is named a box
    [-1.267, -1.419], // within what is named legal
    [-0.769, -0.757], // within what is named hidden
    [-0.144, -0.233], // within what is named the standfirst
    [-0.093, -0.268], // within what is named the text
    [-0.980, -1.219], // within what is named media
    [-0.033, -0.007], // within what is named the title
    [0.102, 0.155], // within what is named the text for machines
    [0.196, 0.249], // within what is named a pay wall
    [-0.177, -0.135], // within what is named a post
    [-1.523, -1.153], // article named comments
    [0.546, 0.838], // article named tools
    [0.510, 0.781], // article named related
    [0.141, 0.069], // article named an offer
    [-0.094, -0.146], // article named an advertisement
    [0.289, 0.456], // article named the frame
    [-0.071, -0.091], // article named a byline
    [0.375, 0.412], // article named a caption
    [0.200, 0.292], // article named tags
    [0.118, 0.172], // article named a box
    [0.346, 0.097], // article named legal
    [0.307, 0.651], // article named hidden
    [0.625, 0.671], // article named the standfirst
    [0.755, 0.978], // article named the text
    [0.601, 0.728], // article named media
    [-0.597, -0.982], // article named the title
    [0.531, 0.626], // article named the text for machines
    [0.442, 0.553], // article named a pay wall
    [0.000, 0.000], // article named a post
    [1.028, -0.493], // none of these
];
