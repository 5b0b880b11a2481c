//! Which redirects are followed, and which addresses are private.
//! Never here: sending.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::FetchError;

/// Redirects followed for one request.
pub(super) const LIMIT: usize = 10;

/// Where a redirect leads, if it may be followed: http(s) only, never from https to http.
/// The fragment is dropped: it is not sent anyway.
pub(super) fn target(from: &Url, location: &str) -> Result<Url, FetchError> {
    let refuse = |reason| FetchError::Redirect {
        to: shown(location),
        reason,
    };
    let mut to = from
        .join(location)
        .map_err(|_| refuse("it is not an address"))?;
    if !matches!(to.scheme(), "http" | "https") {
        return Err(refuse("only http and https are followed"));
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(refuse("it leaves https for http"));
    }
    to.set_fragment(None);
    Ok(to)
}

/// A remote address short and harmless enough for a sentence.
fn shown(location: &str) -> String {
    let mut text: String = location
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    if text.len() < location.len() {
        text.push('…');
    }
    text
}

/// Whether the address is written as a private one: loopback, link-local, a private network
/// (RFC 1918, RFC 4193, RFC 6598), or a name that always means such a one (RFC 6761, RFC 6762, RFC 8375, and
/// `internal`, which ICANN has reserved for private networks).
pub fn is_private_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            ["localhost", "local", "home.arpa", "internal", "localdomain"]
                .iter()
                .any(|top| name == *top || name.strip_suffix(top).is_some_and(|n| n.ends_with('.')))
        }
        None => false,
    }
}

/// Whether the host is the machine itself; such a host is never asked through a proxy.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// Whether the address belongs to no public network.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || a == 0
        // Shared by carriers (RFC 6598), protocols (RFC 6890), benchmarks (RFC 2544), reserved (RFC 1112).
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    // An IPv4 address in an IPv6 coat (mapped, compatible, translated, NAT64, 6to4) is judged by what it is.
    let segments = ip.segments();
    let inner = match segments {
        [0, 0, 0, 0, 0, 0 | 0xffff, hi, lo] | [0, 0, 0, 0, 0xffff, 0, hi, lo] => Some((hi, lo)),
        [0x64, 0xff9b, 0, 0, 0, 0, hi, lo] | [0x2002, hi, lo, ..] => Some((hi, lo)),
        // The end of a Teredo tunnel (RFC 4380), and a host of a network of IPv4 (ISATAP, RFC 5214).
        [0x2001, 0, .., hi, lo] => Some((!hi, !lo)),
        [.., 0 | 0x200, 0x5efe, hi, lo] => Some((hi, lo)),
        _ => None,
    };
    let inner = inner.map(|(hi, lo)| Ipv4Addr::from(u32::from(hi) << 16 | u32::from(lo)));
    inner.is_some_and(is_private_v4)
        || ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        // NAT64 within one network (RFC 8215), and the site-local addresses of old (RFC 3879).
        || segments[..3] == [0x64, 0xff9b, 1]
        // Thrown away (RFC 6666), benchmarks (RFC 5180), within one network (RFC 9602).
        || segments[..4] == [0x100, 0, 0, 0]
        || segments[..3] == [0x2001, 2, 0]
        || segments[0] == 0x5f00
        || segments[0] & 0xffc0 == 0xfec0
        || segments[0] & 0xfe00 == 0xfc00
        || segments[0] & 0xffc0 == 0xfe80
}
