//! dev
use std::io::Read;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let index = std::fs::read_to_string(format!("{dir}/index.jsonl")).unwrap();
    for line in index.lines() {
        let e: serde_json::Value = serde_json::from_str(line).unwrap();
        let bytes = std::fs::read(format!("{dir}/{}", e["file"].as_str().unwrap())).unwrap();
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut page)
            .unwrap();
        println!(
            "{{\"id\":{},\"set\":{},\"blocks\":{}}}",
            e["id"],
            e["set"],
            newsprint::parse::page::dump(&page)
        );
    }
}
