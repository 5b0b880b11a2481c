//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213712 blocks of pages of 845 outlets, seed 14. Text F1 with whole outlets left out (5 folds; weights and threshold),
//! by the rules (`select`) of the day of the fit; `cargo run --release --example extract -- --cross` measures those of today:
//! fundus: 128 pages, 0.9749
//! scrapinghub: 88 pages, 0.9813
//! wcxb-dev: 714 pages, 0.9571

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.375;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [-0.046, -0.865], // held to be text
    [-0.038, -0.840], // its odds so far
    [0.310, 0.622], // the next block is text
    [0.042, 0.376], // the next but one is text
    [0.182, -0.106], // the block before is text
    [-0.219, 0.150], // the one before that is text
    [-0.400, 0.361], // text on both sides
    [-0.019, 0.115], // text within five blocks on both sides
    [-0.231, 0.670], // a list item among text
    [0.315, -0.134], // a table's cell among text
    [0.919, 1.530], // a heading among text
    [0.054, 0.391], // a short line among text
    [-0.719, -0.988], // a link among text
    [0.067, 0.069], // a long block held to be text
    [0.047, 0.289], // its odds beside those of the page's text
    [-3.587, -2.874], // how much text the page has
    [-0.554, -1.113], // the page has little text
    [0.479, 1.330], // share of the text that looks so
    [-0.519, -0.241], // how much of what looks so is text
    [-0.056, 0.479], // how much of what looks exactly so is text
    [0.263, 0.338], // link text in what looks so
    [0.481, 0.413], // sentences in what looks so
    [-2.267, -2.464], // mean length of what looks so
    [1.008, 0.665], // how many look exactly so
    [0.579, 1.133], // running text
    [1.100, 1.206], // share of the running text that looks so
    [1.764, 2.605], // share of the running text that looks exactly so
    [0.126, -0.303], // running text in its parent
    [1.217, 0.884], // running text in what holds that
    [-0.302, -0.489], // much of the running text is in boxes so named
    [0.150, 0.027], // running text within two blocks
    [0.142, 0.342], // share of the text in its parent
    [-0.689, -0.037], // how much of its parent is text
    [-0.722, 0.469], // how much of what holds that is text
    [-0.538, -0.385], // link text in its parent
    [-0.518, -0.295], // link text in what holds that
    [2.278, 1.833], // mean length of blocks in its parent
    [0.089, -0.336], // mean length in what holds that
    [-1.104, -1.117], // how far down the page
    [-1.097, -1.173], // in a box that asks for scripts or consent
    [-0.502, -0.439], // in a box that asks for something
    [-0.396, -0.437], // named as beside the text, and looks like it
    [0.806, 1.224], // in the element that holds nearly all text
    [-0.989, -0.961], // steps up from there
    [-0.303, -0.536], // blocks before the first sure one
    [-0.278, 0.262], // blocks after the last sure one
    [-0.585, -0.850], // after the last sure one
    [-0.466, -0.289], // blocks since a sure one
    [-0.320, 0.047], // blocks until a sure one
    [-1.259, -1.764], // beginnings of other lists since the text began
    [0.380, 0.643], // right under the headline
    [-1.019, -1.321], // above the headline
    [-0.573, -0.828], // in another article of the page
    [1.400, 2.061], // the page describes itself so
    [-0.674, -0.672], // the headline again
    [0.599, 0.893], // length
    [-0.298, -0.398], // under 25 characters
    [0.412, 0.617], // under 60 characters
    [0.205, 0.202], // over 150 characters
    [-0.136, -0.103], // ends as a sentence
    [0.180, 0.271], // long sentences
    [-0.194, -0.224], // commas
    [-1.008, -1.385], // digits
    [-0.603, -0.852], // capitals
    [-0.056, -0.166], // bold
    [-0.553, -0.935], // in italics
    [-0.865, -1.176], // link text
    [-0.242, -0.396], // two fifths are link text
    [0.042, 0.065], // all link text
    [-0.497, -0.634], // separators
    [-0.675, -0.770], // a rights sign
    [-0.984, -1.488], // said before on the page
    [0.005, 0.026], // a question
    [0.676, 1.123], // the page describes itself so, and it is above the text
    [-0.117, -0.154], // between the headline and the text
    [0.128, 0.587], // a sentence between the headline and the text
    [0.263, 0.469], // a paragraph
    [0.582, 0.816], // a heading
    [-1.253, -1.497], // a heading of the first rank
    [0.567, 0.903], // a heading over text
    [0.014, -0.087], // a heading over something else
    [0.731, 0.519], // a list item
    [0.588, 0.930], // a short list item
    [0.046, 0.199], // a table's cell
    [0.683, 0.975], // a quotation
    [-0.215, -0.416], // preformatted
    [-1.132, -1.239], // in nav, aside, footer, header or form
    [-0.698, -0.831], // in a figure
    [-0.317, -0.333], // in no paragraph
    [-1.660, -2.179], // says: read more
    [-0.566, -0.841], // says: subscribe
    [-0.497, -0.597], // says: photo
    [-0.733, -0.865], // says: by
    [-0.985, -0.945], // says: enable scripts
    [-0.394, -0.548], // long text in a box named as beside the text
    [-0.133, -0.181], // itself named comments
    [0.142, 0.086], // itself named tools
    [-0.552, -0.643], // itself named related
    [0.937, 1.113], // itself named an offer
    [-0.077, -0.170], // itself named an advertisement
    [-0.238, -0.215], // itself named the frame
    [-0.738, -1.175], // itself named a byline
    [-0.747, -1.010], // itself named a caption
    [-0.195, -0.166], // itself named tags
    [-0.250, -0.359], // itself named a box
    [-0.615, -1.006], // itself named legal
    [-0.551, -0.833], // itself named hidden
    [0.138, 0.217], // itself named the standfirst
    [0.550, 0.894], // itself named the text
    [0.193, 0.046], // itself named media
    [0.029, 0.026], // itself named the title
    [0.107, 0.313], // itself named the text for machines
    [0.146, 0.138], // itself named a pay wall
    [0.454, 0.430], // itself named a post
    [-1.870, -3.068], // within what is named comments
    [-0.283, -0.192], // within what is named tools
    [0.094, 0.293], // within what is named related
    [-1.067, -1.221], // within what is named an offer
    [-0.279, -0.567], // within what is named an advertisement
    [-0.486, -0.401], // within what is named the frame
    [-1.042, -1.004], // within what is named a byline
    [-0.979, -1.396], // within what is named a caption
    [-0.060, -0.131], // within what is named tags
    [-0.081, -0.029], // within what is named a box
    [-1.049, -1.109], // within what is named legal
    [-0.724, -0.602], // within what is named hidden
    [-0.108, -0.166], // within what is named the standfirst
    [-0.085, -0.298], // within what is named the text
    [-0.962, -1.293], // within what is named media
    [-0.068, -0.012], // within what is named the title
    [0.105, 0.154], // within what is named the text for machines
    [0.180, 0.259], // within what is named a pay wall
    [-0.166, -0.171], // within what is named a post
    [-1.545, -1.176], // article named comments
    [0.601, 0.874], // article named tools
    [0.674, 0.521], // article named related
    [0.125, 0.070], // article named an offer
    [-0.003, -0.039], // article named an advertisement
    [0.283, 0.447], // article named the frame
    [-0.078, -0.062], // article named a byline
    [0.658, 0.581], // article named a caption
    [0.210, 0.324], // article named tags
    [0.124, 0.192], // article named a box
    [0.279, -0.107], // article named legal
    [0.312, 0.561], // article named hidden
    [0.609, 0.696], // article named the standfirst
    [0.745, 0.980], // article named the text
    [0.625, 0.787], // article named media
    [-0.604, -1.016], // article named the title
    [0.534, 0.624], // article named the text for machines
    [0.432, 0.510], // article named a pay wall
    [0.000, 0.000], // article named a post
    [1.347, -0.368], // none of these
];
