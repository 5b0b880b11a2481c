//! `show --explain`: why the text of an article is what it is, part for part of its page.
//! Never here: the deciding (`newsprint_parse::article`), the request (`refresh`).

use std::io::Write;

use serde_json::json;

use super::{Session, to_stdout};
use crate::config::Config;
use crate::export::explanation;
use crate::refresh::{OnDemand, RefreshError};
use newsprint_model::ArticleId;
use newsprint_parse::article::Explanation;

/// Fetches the article's page and prints a line or two for each part of it.
pub(super) fn article(
    session: &Session,
    config: &Config,
    id: ArticleId,
    as_json: bool,
) -> anyhow::Result<()> {
    if session.global.offline {
        return Err(RefreshError::Offline.into());
    }
    let explanation = OnDemand::new(config).explain_text(config, id)?;
    to_stdout(|out| match as_json {
        true => lines_of_json(out, &explanation),
        false => {
            let columns = session.look().width.unwrap_or(100);
            for line in explanation::lines(&explanation, columns) {
                writeln!(out, "{line}")?;
            }
            Ok(())
        }
    })
}

/// A line for each part. `instead` is the same in all: where the text is from if not from the parts that are kept.
fn lines_of_json(out: &mut dyn Write, explanation: &Explanation) -> anyhow::Result<()> {
    if explanation.blocks.is_empty() && explanation.instead.is_some() {
        writeln!(out, "{}", json!({ "instead": explanation.instead }))?;
    }
    for block in &explanation.blocks {
        let reasons = block.reasons.iter();
        let reasons = reasons.map(|(name, share)| json!({"why": name, "log_odds": share}));
        let object = json!({
            "kept": block.kept,
            "odds": block.odds,
            "rule": block.rule,
            "reasons": reasons.collect::<Vec<_>>(),
            "place": block.place,
            "instead": explanation.instead,
            "text": block.text,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
