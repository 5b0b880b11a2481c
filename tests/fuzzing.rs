//! The fuzz targets on their seeds, and on the seeds damaged in a thousand small ways: what the fuzzer goes on from
//! always holds. Never here: what a target asserts (`fuzz/src/lib.rs`).

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

/// The next number of a fixed series (Steele, Lea and Flood, SplitMix64, 2014).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as usize
}

/// Cuts, doubles, swaps and overwrites a few places.
fn damaged(seed: &[u8], state: &mut u64) -> Vec<u8> {
    const TOKENS: &[&[u8]] = &[
        b"<",
        b">",
        b"&",
        b"\"",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"</",
        b"\0",
        b"\x1b",
        b"\xff\xfe",
        b"&#0;",
        b"{",
        b"[",
        b":",
        b"99999999999999999999",
        b"-1",
        b"\xe2\x80\xae",
        b"(",
        b"OR ",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..1 + next(state) % 6 {
        let at = next(state) % (bytes.len() + 1);
        let to = (at + next(state) % 40).min(bytes.len());
        match next(state) % 5 {
            0 => drop(bytes.drain(at..to)),
            1 => {
                let again = bytes[at..to].to_vec();
                bytes.splice(at..at, again);
            }
            2 => bytes.truncate(at),
            3 => {
                let token = TOKENS[next(state) % TOKENS.len()];
                bytes.splice(at..at, token.iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (next(state) % 8);
                }
            }
        }
    }
    bytes
}

/// Runs a target over its seeds, each as it is and damaged so often.
fn run(name: &str, often: usize, target: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(name);
    let files = std::fs::read_dir(&folder).expect("a folder of seeds");
    let mut paths: Vec<_> = files.map(|file| file.expect("a seed").path()).collect();
    paths.sort();
    assert!(paths.len() > 1, "{name} has no seeds");
    let mut state = 7;
    for path in paths {
        let seed = std::fs::read(&path).expect("a seed");
        target(&seed);
        for _ in 0..often {
            target(&damaged(&seed, &mut state));
        }
    }
}

fn text(target: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| target(&String::from_utf8_lossy(bytes))
}

#[test]
fn each_target_holds_on_its_seeds_and_on_what_is_near_them() {
    run("feed", 300, targets::feed);
    run("page", 200, targets::page);
    run("listing", 200, targets::listing);
    run("sitemap", 500, targets::sitemap);
    run("opml", 500, targets::opml);
    run("config", 500, text(targets::config));
    run("query", 2_000, text(targets::query));
    run("key_notation", 2_000, text(targets::key_notation));
    run("terminal_input", 2_000, targets::terminal_input);
    run("sync_answers", 1_000, targets::sync_answers);
}

/// A target without seeds here would go unseen.
#[test]
fn every_target_has_seeds_and_is_run_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let here = include_str!("fuzzing.rs");
    for file in std::fs::read_dir(root.join("fuzz_targets")).expect("targets") {
        let path = file.expect("a target").path();
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name");
        assert!(
            root.join("seeds").join(name).is_dir(),
            "{name} has no seeds"
        );
        assert!(
            here.contains(&format!("run(\"{name}\"")),
            "{name} is not run"
        );
    }
}
