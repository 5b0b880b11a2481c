//! What was measured, as a table for people and as JSON. Never here: measuring.

use std::time::Duration;

use serde_json::{Value, json};

/// One figure beside what it is held against.
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// In what.
    pub unit: Unit,
    /// What it shall not exceed.
    pub target: Option<f64>,
    /// What cannot be beaten, measured in the same run.
    pub limit: Option<(String, f64)>,
}

/// The unit of a figure.
#[derive(Clone, Copy, PartialEq)]
pub enum Unit {
    /// Milliseconds.
    Millis,
    /// Mebibytes.
    Mib,
    /// Bytes.
    Bytes,
    /// A number of times.
    Times,
}

impl Unit {
    fn word(self) -> &'static str {
        match self {
            Unit::Millis => "ms",
            Unit::Mib => "MiB",
            Unit::Bytes => "B",
            Unit::Times => "",
        }
    }

    fn show(self, value: f64) -> String {
        let digits = match self {
            Unit::Bytes => 0,
            Unit::Times if value.fract() == 0.0 => 0,
            _ if value < 10.0 => 2,
            _ if value < 1_000.0 => 1,
            _ => 0,
        };
        format!("{value:.digits$} {}", self.word())
            .trim_end()
            .to_owned()
    }
}

/// The figures of a run, in order.
#[derive(Default)]
pub struct Figures(pub Vec<Figure>);

impl Figures {
    /// Adds a figure without anything beside it.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: Unit) -> &mut Figure {
        self.0.push(Figure {
            name: name.into(),
            value,
            unit,
            target: None,
            limit: None,
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Adds a time.
    pub fn time(&mut self, name: impl Into<String>, time: Duration) -> &mut Figure {
        self.add(name, millis(time), Unit::Millis)
    }

    /// Whether every target is met.
    pub fn all_met(&self) -> bool {
        self.0.iter().all(|figure| figure.met() != Some(false))
    }

    /// As lines for people.
    pub fn table(&self) -> String {
        let mut rows = vec![
            [
                "figure",
                "measured",
                "target",
                "",
                "beside it, in this run",
                "ratio",
            ]
            .map(str::to_owned),
        ];
        for figure in &self.0 {
            let limit = figure.limit.as_ref();
            rows.push([
                figure.name.clone(),
                figure.unit.show(figure.value),
                figure
                    .target
                    .map(|target| format!("≤ {}", figure.unit.show(target)))
                    .unwrap_or_default(),
                match figure.met() {
                    Some(true) => "met".into(),
                    Some(false) => "MISSED".into(),
                    None => String::new(),
                },
                limit
                    .map(|(what, limit)| format!("{what} {}", figure.unit.show(*limit)))
                    .unwrap_or_default(),
                figure
                    .ratio()
                    .map(|ratio| format!("{ratio:.2}"))
                    .unwrap_or_default(),
            ]);
        }
        let mut out = String::new();
        let widths: Vec<usize> = (0..6)
            .map(|column| {
                rows.iter()
                    .map(|row| row[column].chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| match column {
                    1 | 2 | 5 => format!("{cell:>width$}"),
                    _ => format!("{cell:<width$}"),
                })
                .collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
            if number == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                out.push_str(&format!("| {} |\n", rule.join(" | ")));
            }
        }
        out
    }

    /// As data.
    pub fn json(&self) -> Value {
        self.0
            .iter()
            .map(|figure| {
                json!({
                    "name": figure.name,
                    "value": figure.value,
                    "unit": figure.unit.word(),
                    "target": figure.target,
                    "met": figure.met(),
                    "limit": figure.limit.as_ref().map(|(_, limit)| limit),
                    "limit_is": figure.limit.as_ref().map(|(what, _)| what),
                    "ratio": figure.ratio(),
                })
            })
            .collect()
    }
}

impl Figure {
    /// It shall not exceed this.
    pub fn target(&mut self, target: f64) -> &mut Figure {
        self.target = Some(target);
        self
    }

    /// This cannot be beaten.
    pub fn beside(&mut self, what: impl Into<String>, limit: f64) -> &mut Figure {
        self.limit = Some((what.into(), limit));
        self
    }

    fn met(&self) -> Option<bool> {
        self.target.map(|target| self.value <= target)
    }

    fn ratio(&self) -> Option<f64> {
        let (_, limit) = self.limit.as_ref()?;
        (*limit > 0.0).then(|| self.value / limit)
    }
}

/// Milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The time below which so large a part (0 to 1) of the times lies; sorts them.
pub fn quantile(times: &mut [Duration], part: f64) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    let place = (part * last as f64).round() as usize;
    times.get(place).copied().unwrap_or_default()
}

/// The middle one.
pub fn median(times: &mut [Duration]) -> Duration {
    quantile(times, 0.5)
}
