//! `show --explain`: why the text of an article is what it is, part for part of its page.
//! Never here: the deciding (`newsprint_parse::article`), the request (`refresh`).

use std::io::Write;

use serde_json::json;

use super::{Session, to_stdout};
use crate::config::Config;
use crate::refresh::{OnDemand, RefreshError};
use newsprint_model::ArticleId;
use newsprint_parse::article::{Explained, Explanation};

/// Characters of a part that are shown: enough to find it on the page.
const SHOWN: usize = 60;

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
        false => lines(out, &explanation),
    })
}

fn lines(out: &mut dyn Write, explanation: &Explanation) -> anyhow::Result<()> {
    for block in &explanation.blocks {
        let mark = if block.kept { "kept" } else { "left" };
        let text: String = block.text.chars().take(SHOWN).collect();
        writeln!(out, "{mark} {:5.1}  {text}", block.odds)?;
        let why = reasons(block);
        if !why.is_empty() {
            writeln!(out, "             {why}")?;
        }
    }
    if let Some(instead) = explanation.instead {
        writeln!(out, "\nThe text is from elsewhere in the page: {instead}.")?;
    }
    writeln!(
        out,
        "\nIf a part is missing or too much, name it in the config: [outlet.select] body and remove take CSS selectors."
    )?;
    Ok(())
}

/// What decided, then what spoke most.
fn reasons(block: &Explained) -> String {
    let rule = block.rule.map(|rule| format!("rule: {rule}"));
    let spoke = block.reasons.iter();
    let spoke = spoke.map(|(name, share)| format!("{name} {share:+.1}"));
    rule.into_iter().chain(spoke).collect::<Vec<_>>().join("; ")
}

fn lines_of_json(out: &mut dyn Write, explanation: &Explanation) -> anyhow::Result<()> {
    for block in &explanation.blocks {
        let reasons = block.reasons.iter();
        let reasons = reasons.map(|(name, share)| json!({"why": name, "log_odds": share}));
        let object = json!({
            "kept": block.kept,
            "odds": block.odds,
            "rule": block.rule,
            "reasons": reasons.collect::<Vec<_>>(),
            "text": block.text,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
