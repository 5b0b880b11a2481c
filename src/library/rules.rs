//! What a query means under the config: names of tags resolved, muted tags and removed outlets left out.
//! Never here: what is chosen on the screen (`selection`), rows and counts (`tags`, `counts`).

use super::tags::tag_expr;
use crate::config::{self, Config};
use newsprint_model::query::{Expr, Is, Query};
use newsprint_model::{Outlet, fold, nearest};

/// What of the outlets decides which articles a query means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletRules {
    /// Each configured outlet with tags of its own, which hold for all its articles.
    pub own_tags: Vec<(String, Vec<String>)>,
    /// Outlets that are no longer configured but still have articles.
    pub removed: Vec<String>,
}

impl OutletRules {
    /// The rules of `config`; `removed` are the names that the store still has articles of. A config file
    /// that does not exist says nothing about removed outlets.
    pub fn new(config: &Config, removed: impl IntoIterator<Item = String>) -> OutletRules {
        let known = config.file.exists();
        OutletRules {
            own_tags: config
                .outlets
                .iter()
                .filter(|outlet| !outlet.tags.is_empty())
                .map(|outlet| (outlet.name.clone(), outlet.tags.clone()))
                .collect(),
            removed: removed.into_iter().filter(|_| known).collect(),
        }
    }

    /// The tags of an article of `outlet` with the outlet's own ones, which are the first.
    pub fn tags_of(&self, outlet: &str, tags: &[String]) -> Vec<String> {
        let folded = fold(outlet);
        let own = self
            .own_tags
            .iter()
            .filter(|(name, _)| fold(name) == folded)
            .flat_map(|(_, own)| own)
            .filter(|own| !tags.iter().any(|tag| fold(tag) == fold(own)));
        own.chain(tags).cloned().collect()
    }

    /// The outlets whose own tag this is (compared folded).
    pub fn with_tag<'a>(&'a self, tag: &str) -> impl Iterator<Item = &'a str> {
        let folded = fold(tag);
        self.own_tags
            .iter()
            .filter(move |(_, tags)| tags.iter().any(|own| fold(own) == folded))
            .map(|(name, _)| name.as_str())
    }
}

/// All that the config says about which articles a query means.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Aliases, groups, hidden and muted tags.
    pub tags: &'a config::Tags,
    /// Own tags and removed outlets.
    pub outlets: &'a OutletRules,
}

impl<'a> Rules<'a> {
    /// The rules of `config`, of which `outlets` are a part.
    pub fn new(config: &'a Config, outlets: &'a OutletRules) -> Rules<'a> {
        Rules {
            tags: &config.tags,
            outlets,
        }
    }

    /// The tags of an article of `outlet` as they are shown: the outlet's own first, aliases resolved.
    pub fn shown_tags(&self, outlet: &str, tags: &[String]) -> Vec<String> {
        super::tags::shown(self.tags, &self.outlets.tags_of(outlet, tags))
    }

    /// The query that the store is asked for `query`: each tag's name stands for all its spellings, its
    /// group's members and the outlets whose own tag it is; articles with a muted tag are left out unless
    /// the query asks for that tag; of removed outlets only starred articles remain, unless the query asks
    /// for the outlet.
    pub fn meaning(&self, query: &Query) -> Query {
        self.meaning_beside(query, &Query::default())
    }

    /// As [`Rules::meaning`], where what `beside` asks for is not left out either.
    pub fn meaning_beside(&self, query: &Query, beside: &Query) -> Query {
        let resolved = self.resolved(query);
        let beside = self.resolved(beside);
        let asks = |name: &str| resolved.asks_for_tag(name) || beside.asks_for_tag(name);
        let mut out = Query::default();
        for muted in &self.tags.mute {
            for part in self.parts(muted) {
                let asked = match &part {
                    Expr::Tag(name) => asks(name),
                    _ => asks(muted),
                };
                if !asked {
                    out = out.and_expr(part.negated());
                }
            }
        }
        let gone = self
            .outlets
            .removed
            .iter()
            .filter(|name| !query.asks_for_outlet(name))
            .map(|name| Expr::Outlet(name.clone()));
        if let Some(gone) = Expr::any(gone) {
            let kept = Expr::any([Expr::Is(Is::Starred), gone.negated()]);
            out.expr = Expr::all(out.expr.into_iter().chain(kept));
        }
        out.and(&resolved)
    }

    /// The query with each tag's name replaced by all it stands for.
    fn resolved(&self, query: &Query) -> Query {
        fn resolve(rules: &Rules, expr: &Expr) -> Expr {
            let each = |parts: &[Expr]| {
                parts
                    .iter()
                    .map(|part| resolve(rules, part))
                    .collect::<Vec<_>>()
            };
            match expr {
                Expr::And(parts) => Expr::And(each(parts)),
                // Flattened, so that the query reads as if it had been typed so.
                Expr::Or(parts) => Expr::any(each(parts)).unwrap_or(Expr::Or(Vec::new())),
                Expr::Not(inner) => Expr::Not(Box::new(resolve(rules, inner))),
                Expr::Tag(name) => rules.tag(name),
                leaf => leaf.clone(),
            }
        }
        Query {
            expr: query.expr.as_ref().map(|expr| resolve(self, expr)),
        }
    }

    /// Carries what a tag's name stands for.
    pub fn tag(&self, name: &str) -> Expr {
        Expr::any(self.parts(name)).unwrap_or_else(|| Expr::Tag(name.to_owned()))
    }

    fn parts(&self, name: &str) -> Vec<Expr> {
        tag_expr(self.tags, self.outlets, name)
    }
}

/// The first outlet that a query asks for and that there is not, with the one that was likely meant.
pub fn unknown_outlet<'a>(
    query: &'a Query,
    outlets: &'a [Outlet],
    removed: &'a [String],
) -> Option<(&'a str, Option<&'a str>)> {
    let configured = outlets.iter().map(|outlet| outlet.name.as_str());
    let known: Vec<&str> = configured
        .chain(removed.iter().map(String::as_str))
        .collect();
    let is_known = |name: &str| known.iter().any(|known| fold(known) == fold(name));
    let unknown = query
        .asked_outlets()
        .into_iter()
        .find(|name| !is_known(name))?;
    Some((unknown, nearest(unknown, known.iter().copied())))
}

/// The first account that a query asks for and that there is not, with the one that was likely meant.
pub fn unknown_account<'a>(
    query: &'a Query,
    accounts: &'a [String],
) -> Option<(&'a str, Option<&'a str>)> {
    let is_known = |name: &str| accounts.iter().any(|known| fold(known) == fold(name));
    let mut asked = query.asked_accounts().into_iter();
    let unknown = asked.find(|name| !is_known(name))?;
    Some((
        unknown,
        nearest(unknown, accounts.iter().map(String::as_str)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::query::parse;

    fn meaning(query: &str) -> String {
        let tags = config::Tags {
            alias: vec![("Karabakh".into(), "Artsakh".into())],
            group: vec![
                ("Baltics".into(), vec!["Estonia".into(), "Latvia".into()]),
                ("Games".into(), vec!["Chess".into(), "Sport".into()]),
            ],
            mute: vec!["Sport".into(), "Ads".into()],
            hide: Vec::new(),
        };
        let outlets = OutletRules {
            own_tags: vec![("Morning Post".into(), vec!["ads".into(), "local".into()])],
            removed: vec!["Gazette".into()],
        };
        let rules = Rules {
            tags: &tags,
            outlets: &outlets,
        };
        rules.meaning(&parse(query).unwrap()).to_string()
    }

    const MUTED: &str = "-tag:Sport -tag:Ads -outlet:\"Morning Post\"";
    const GONE: &str = "(is:starred or -outlet:Gazette)";

    #[test]
    fn what_is_muted_or_removed_is_left_out_unless_asked_for() {
        assert_eq!(meaning(""), format!("{MUTED} {GONE}"));
        assert_eq!(meaning("rain"), format!("{MUTED} {GONE} rain"));
        assert_eq!(
            meaning("tag:sport"),
            format!("-tag:Ads -outlet:\"Morning Post\" {GONE} tag:sport")
        );
        // Not to want it is not to ask for it.
        assert_eq!(meaning("-tag:ads").matches("-tag:").count(), 2);
        assert_eq!(meaning("outlet:gazette"), format!("{MUTED} outlet:gazette"));
        assert!(meaning("-outlet:gazette").contains(GONE));
    }

    #[test]
    fn a_name_stands_for_its_spellings_members_and_outlets() {
        for name in ["Karabakh", "Artsakh"] {
            let found = meaning(&format!("tag:{name}"));
            assert!(found.ends_with("(tag:Artsakh or tag:Karabakh)"), "{found}");
        }
        assert!(meaning("-tag:baltics").ends_with("-(tag:Estonia or tag:Latvia or tag:baltics)"));
        assert!(meaning("tag:local").ends_with("(tag:local or outlet:\"Morning Post\")"));
        // A group asks for its members.
        assert!(meaning("tag:games").starts_with("-tag:Ads "));
        let either = meaning("tag:karabakh or rain");
        assert!(
            either.ends_with("(tag:Artsakh or tag:Karabakh or rain)"),
            "{either}"
        );
    }
}
