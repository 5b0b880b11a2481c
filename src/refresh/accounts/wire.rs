//! The requests of a sync over the HTTP client, signed with the account's secrets.
//! Never here: which requests are made.

use std::time::{Duration, Instant};

use super::secrets::Secrets;
use crate::config::Account;
use newsprint_fetch::{Call, Client, FetchError, schedule};
use newsprint_model::Time;
use newsprint_sync::{Answer, Failure, Method, Request, Tokens, Wire};

/// No quota is of more than a day.
pub(super) const QUOTA_DAY: Duration = Duration::from_secs(24 * 3_600);

/// See the module's first lines.
pub(super) struct HttpWire<'a> {
    pub client: &'a Client,
    pub account: &'a Account,
    pub secrets: &'a mut Secrets<'a>,
    /// A password that was typed just now; used in place of the configured one.
    pub typed: Option<String>,
    /// The password that was last used, until the server has taken it.
    pub used: Option<String>,
    /// A person asked for it: a password that was refused before is tried once more.
    pub explicit: bool,
}

impl Wire for HttpWire<'_> {
    fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        send(self.client, &self.account.url, request)
    }

    fn send_all(&mut self, requests: &[Request]) -> Vec<Result<Answer, Failure>> {
        let (client, base) = (self.client, self.account.url.as_str());
        std::thread::scope(|scope| {
            let threads: Vec<_> = requests
                .iter()
                .map(|request| {
                    let named = std::thread::Builder::new().name("newsprint-sync".to_owned());
                    named.spawn_scoped(scope, move || send(client, base, request))
                })
                .collect();
            let wait =
                |(thread, request): (std::io::Result<std::thread::ScopedJoinHandle<_>>, _)| {
                    match thread.map(std::thread::ScopedJoinHandle::join) {
                        Ok(Ok(answer)) => answer,
                        // Without another thread it is done by this one.
                        _ => send(client, base, request),
                    }
                };
            threads.into_iter().zip(requests).map(wait).collect()
        })
    }

    fn password(&mut self) -> Result<String, Failure> {
        let password = match self.typed.take() {
            Some(typed) => typed,
            None => {
                let stop = || self.client.cancel_token().is_cancelled();
                self.secrets.password(&stop).map_err(Failure::Password)?
            }
        };
        if !self.explicit && self.secrets.was_refused(&password) {
            return Err(Failure::StillSignedOut);
        }
        self.used = Some(password.clone());
        Ok(password)
    }

    fn keep(&mut self, tokens: &Tokens) -> Result<(), Failure> {
        self.used = None;
        self.secrets.keep(tokens).map_err(Failure::Password)
    }
}

fn send(client: &Client, base: &str, request: &Request) -> Result<Answer, Failure> {
    let url = format!("{base}{}", request.target);
    let call = Call {
        url: &url,
        form: (request.method == Method::Post).then_some(request.form.as_str()),
        authorization: request.authorization.as_deref(),
        headers: &request.headers,
    };
    let began = Instant::now();
    let reply = client.call(&call).map_err(|why| match why {
        FetchError::Stopped => Failure::Stopped,
        FetchError::Later { status, until } => Failure::Later {
            status,
            until: until.map(whole_second),
        },
        why @ FetchError::TooLarge(_) => Failure::TooLarge(why.to_string()),
        why => Failure::Network(why.to_string()),
    })?;
    let number = |name: &str| {
        reply
            .header(name)
            .and_then(|value| value.trim().parse().ok())
    };
    let usage = number("x-reader-zone1-usage");
    let resets = reply
        .header("x-reader-limits-reset-after")
        .and_then(|value| value.trim().parse::<f64>().ok())
        .filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
        .map(|seconds| Duration::from_secs_f64(seconds.min(QUOTA_DAY.as_secs_f64())))
        .map(|wait| schedule::add(client.now(), wait));
    let says = |name: &str| {
        reply
            .header(name)
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    };
    let location = reply
        .header("location")
        .and_then(|to| url::Url::parse(&url).ok()?.join(to.trim()).ok());
    let own = url::Url::parse(&url).ok();
    let location = location.filter(|to| own.as_ref() != Some(to));
    Ok(Answer {
        status: reply.status,
        // Inoreader says when its quota begins anew in a header of its own.
        retry_at: reply
            .retry_at
            .or(resets.filter(|_| reply.status == 429))
            .map(whole_second),
        moved: location
            .as_ref()
            .and_then(|to| base_of(to, &request.target)),
        location: location.map(|to| newsprint_html::safe_text::line(to.as_str())),
        bad_token: says("x-reader-google-bad-token") || says("google-bad-token"),
        quota: usage.zip(number("x-reader-zone1-limit")),
        quota_resets: resets,
        took: began.elapsed(),
        body: reply.body.to_vec(),
    })
}

/// Up to a whole second, as pauses are remembered: none ends before its time.
fn whole_second(at: Time) -> Time {
    let second = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    Time::from_second(second).unwrap_or(at)
}

/// The account's address of which `to` asks for the same as `target` does of today's.
fn base_of(to: &url::Url, target: &str) -> Option<String> {
    let path = target.split('?').next().unwrap_or_default();
    let mut to = to.clone();
    to.set_query(None);
    to.set_fragment(None);
    let base = to.as_str();
    // A Fever request is of the account's address itself.
    if path.is_empty() {
        return Some(newsprint_html::safe_text::line(base));
    }
    let base = base.strip_suffix('/').unwrap_or(base).strip_suffix(path)?;
    Some(newsprint_html::safe_text::line(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_to_the_same_elsewhere_is_a_new_address() {
        let base = |to: &str, target: &str| base_of(&url::Url::parse(to).unwrap(), target);
        let target = "/reader/api/0/subscription/list?output=json";
        assert_eq!(
            base("https://new.example/rss/api/greader.php/reader/api/0/subscription/list?output=json", target).as_deref(),
            Some("https://new.example/rss/api/greader.php")
        );
        assert_eq!(
            base(
                "https://new.example/accounts/ClientLogin/",
                "/accounts/ClientLogin"
            )
            .as_deref(),
            Some("https://new.example")
        );
        assert_eq!(base("https://a.example/login?next=x", target), None);
        assert_eq!(
            base("https://a.example/fever/?api&groups", "?api&groups").as_deref(),
            Some("https://a.example/fever/")
        );
    }
}
