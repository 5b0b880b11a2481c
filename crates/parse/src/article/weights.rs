//! What the features of a block are worth, in log odds. Written by `cargo run --release --example fit`; not by hand.
//! Never here: what the features are (`features`).
//!
//! Fitted to 213479 blocks of pages of 845 outlets, seed 14. Left-out text F1 (5 folds of whole outlets):
//! fundus: 128 pages, 0.9631
//! scrapinghub: 88 pages, 0.9621
//! wcxb-dev: 714 pages, 0.9446

use super::features::COUNT;

/// How often a page is gone over.
pub(super) const PASSES: usize = 2;
/// Log odds from which a block is taken.
pub(super) const ENOUGH: f32 = -0.5;
/// For each feature its weight in each pass; the last is what a block with none of them has.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
pub(super) const WEIGHTS: [[f32; PASSES]; COUNT + 1] = [
    [-0.209, -0.659], // held to be text
    [-0.039, 0.680], // its odds so far
    [0.304, 0.437], // the next block is text
    [0.058, 0.288], // the next but one is text
    [0.127, -0.183], // the block before is text
    [-0.108, 0.110], // the one before that is text
    [-0.165, 0.337], // text on both sides
    [0.068, -0.041], // text within five blocks on both sides
    [-0.211, 0.318], // a list item among text
    [0.091, -0.009], // a table's cell among text
    [0.685, 0.392], // a heading among text
    [0.240, 0.045], // a short line among text
    [-0.404, -0.300], // a link among text
    [-0.038, 0.340], // a long block held to be text
    [0.153, 0.084], // its odds beside those of the page's text
    [-1.690, -0.842], // how much text the page has
    [-0.228, -0.189], // the page has little text
    [2.216, 0.527], // share of the text that looks so
    [-0.525, 0.135], // how much of what looks so is text
    [-0.247, 0.218], // how much of what looks exactly so is text
    [-0.062, 0.139], // link text in what looks so
    [0.557, 0.177], // sentences in what looks so
    [-0.630, -0.578], // mean length of what looks so
    [1.136, 0.101], // how many look exactly so
    [0.563, -0.339], // share of the text in its parent
    [-0.311, 0.456], // how much of its parent is text
    [0.120, 0.443], // how much of what holds that is text
    [-0.416, 0.132], // link text in its parent
    [-0.504, 0.102], // link text in what holds that
    [1.070, 0.431], // mean length of blocks in its parent
    [0.493, -0.135], // mean length in what holds that
    [-0.853, 0.072], // how far down the page
    [-0.631, -0.288], // in a box that asks for scripts or consent
    [-0.335, -0.123], // in a box that asks for something
    [-0.728, -0.026], // named as beside the text, and looks like it
    [0.811, 0.537], // in the element that holds nearly all text
    [-0.755, -0.350], // steps up from there
    [-0.332, -0.238], // blocks before the first sure one
    [-0.456, -0.994], // blocks after the last sure one
    [-0.476, -0.200], // after the last sure one
    [-0.313, -0.321], // blocks since a sure one
    [-0.178, 0.138], // blocks until a sure one
    [-1.245, -0.157], // beginnings of other lists since the text began
    [0.415, 0.279], // right under the headline
    [-0.652, -0.300], // above the headline
    [-0.501, -0.214], // in another article of the page
    [1.093, 0.643], // the page describes itself so
    [-0.533, -0.058], // the headline again
    [0.175, 0.193], // length
    [-0.259, -0.111], // under 25 characters
    [0.261, 0.205], // under 60 characters
    [0.208, 0.020], // over 150 characters
    [0.033, -0.037], // ends as a sentence
    [0.401, 0.143], // long sentences
    [-0.137, -0.138], // commas
    [-0.548, -0.319], // digits
    [-0.293, -0.251], // capitals
    [-0.137, -0.244], // bold
    [-0.569, -0.337], // in italics
    [-0.586, -0.364], // link text
    [-0.373, -0.105], // two fifths are link text
    [-0.055, 0.077], // all link text
    [-0.313, -0.204], // separators
    [-0.299, -0.219], // a rights sign
    [-0.846, -0.474], // said before on the page
    [-0.084, -0.057], // a question
    [0.621, 0.404], // the page describes itself so, and it is above the text
    [0.032, -0.098], // between the headline and the text
    [0.207, 0.291], // a sentence between the headline and the text
    [0.229, 0.125], // a paragraph
    [0.532, 0.209], // a heading
    [-0.722, -0.284], // a heading of the first rank
    [0.530, 0.269], // a heading over text
    [0.001, -0.060], // a heading over something else
    [0.602, -0.019], // a list item
    [0.489, 0.341], // a short list item
    [-0.076, 0.287], // a table's cell
    [0.482, 0.183], // a quotation
    [-0.233, -0.296], // preformatted
    [-0.896, -0.309], // in nav, aside, footer, header or form
    [-0.603, -0.159], // in a figure
    [-0.402, 0.110], // in no paragraph
    [-0.738, -0.546], // says: read more
    [-0.293, -0.242], // says: subscribe
    [-0.214, -0.171], // says: photo
    [-0.268, -0.172], // says: by
    [-0.327, -0.225], // says: enable scripts
    [-0.542, 0.238], // long text in a box named as beside the text
    [-0.041, -0.040], // itself named comments
    [0.106, -0.003], // itself named tools
    [-0.253, -0.259], // itself named related
    [0.360, 0.264], // itself named an offer
    [-0.052, -0.053], // itself named an advertisement
    [-0.277, -0.227], // itself named the frame
    [-0.498, -0.297], // itself named a byline
    [-0.603, -0.275], // itself named a caption
    [-0.132, -0.003], // itself named tags
    [-0.130, -0.122], // itself named a box
    [-0.073, -0.008], // itself named legal
    [-0.294, -0.267], // itself named hidden
    [0.109, 0.130], // itself named the standfirst
    [0.350, 0.201], // itself named the text
    [0.008, 0.083], // itself named media
    [0.047, 0.061], // itself named the title
    [0.014, 0.033], // itself named the text for machines
    [0.027, 0.017], // itself named a pay wall
    [0.124, 0.119], // itself named a post
    [-2.169, -0.633], // within what is named comments
    [-0.161, 0.145], // within what is named tools
    [0.192, 0.151], // within what is named related
    [-0.810, 0.242], // within what is named an offer
    [-0.259, -0.154], // within what is named an advertisement
    [-0.373, -0.196], // within what is named the frame
    [-0.766, -0.053], // within what is named a byline
    [-0.784, -0.359], // within what is named a caption
    [-0.008, -0.040], // within what is named tags
    [-0.211, -0.047], // within what is named a box
    [-0.471, -0.144], // within what is named legal
    [-0.536, 0.003], // within what is named hidden
    [-0.058, 0.193], // within what is named the standfirst
    [-0.008, -0.006], // within what is named the text
    [-0.774, -0.269], // within what is named media
    [-0.152, 0.079], // within what is named the title
    [0.035, 0.048], // within what is named the text for machines
    [0.009, 0.083], // within what is named a pay wall
    [0.027, -0.079], // within what is named a post
    [-1.404, -0.373], // article named comments
    [0.472, 0.096], // article named tools
    [0.422, 0.170], // article named related
    [-0.064, 0.899], // article named an offer
    [0.028, 0.074], // article named an advertisement
    [0.334, 0.042], // article named the frame
    [-0.071, -0.183], // article named a byline
    [0.164, 0.129], // article named a caption
    [0.261, 0.003], // article named tags
    [0.071, 0.022], // article named a box
    [0.165, -0.098], // article named legal
    [0.308, 0.154], // article named hidden
    [0.483, 0.252], // article named the standfirst
    [0.760, -0.214], // article named the text
    [0.557, 0.190], // article named media
    [-0.446, -0.363], // article named the title
    [0.507, 0.104], // article named the text for machines
    [0.348, 0.045], // article named a pay wall
    [0.000, 0.000], // article named a post
    [-0.341, -0.264], // none of these
];
