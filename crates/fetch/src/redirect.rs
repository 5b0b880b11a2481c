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

/// Private networks that an address may belong to: bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Networks(u16);

impl Networks {
    const LOOPBACK: Networks = Networks(1);
    /// Also where clouds tell their machines keys, whatever the address.
    const LINK_LOCAL: Networks = Networks(1 << 1);
    const TEN: Networks = Networks(1 << 2);
    const SEVENTEEN_TWO: Networks = Networks(1 << 3);
    const NINETEEN_TWO: Networks = Networks(1 << 4);
    const CARRIER: Networks = Networks(1 << 5);
    const UNIQUE_LOCAL: Networks = Networks(1 << 6);
    const SITE_LOCAL: Networks = Networks(1 << 7);
    const OTHER: Networks = Networks(1 << 8);

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether an address in `of` is of these networks; a public one is.
    pub(super) fn holds(self, of: Networks) -> bool {
        of.0 & !self.0 == 0
    }

    pub(super) fn of_all(addresses: impl IntoIterator<Item = IpAddr>) -> Networks {
        let all = addresses.into_iter().map(network);
        all.fold(Networks::default(), |all, one| Networks(all.0 | one.0))
    }
}

/// What may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Guard {
    /// Any address.
    Open,
    /// Addresses of public networks.
    Public,
    /// Those and addresses of the private networks that the outlet is in.
    Within(Networks),
}

/// The network of a private address that is written out, or of the machine itself; nothing where only looking the
/// name up could tell.
pub(super) fn literal_network(url: &Url) -> Networks {
    match url.host() {
        Some(Host::Ipv4(ip)) => network(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => network(IpAddr::V6(ip)),
        Some(Host::Domain(_)) if is_loopback(url) => Networks::LOOPBACK,
        _ => Networks::default(),
    }
}

/// Whether both are names that always mean private addresses, under the same top: of one network, whoever looks
/// them up.
pub(super) fn share_private_top(one: &Url, other: &Url) -> bool {
    let top = |url: &Url| {
        let name = url.domain()?.trim_end_matches('.').to_owned();
        let top = name.rsplit('.').next().map(str::to_owned);
        top.filter(|_| is_private_literal(url))
    };
    top(one).is_some_and(|top_of_one| top(other) == Some(top_of_one))
}

/// Whether the address belongs to no public network.
pub(super) fn is_private(ip: IpAddr) -> bool {
    !network(ip).is_empty()
}

/// The private network of an address; nothing where it is public.
pub(super) fn network(ip: IpAddr) -> Networks {
    match ip {
        IpAddr::V4(ip) => network_v4(ip),
        IpAddr::V6(ip) => network_v6(ip),
    }
}

fn network_v4(ip: Ipv4Addr) -> Networks {
    match ip.octets() {
        // `0.0.0.0` means the machine itself, too.
        [0 | 127, ..] => Networks::LOOPBACK,
        [169, 254, ..] | [100, 100, 100, 200] => Networks::LINK_LOCAL,
        [10, ..] => Networks::TEN,
        [172, 16..32, ..] => Networks::SEVENTEEN_TWO,
        [192, 168, ..] => Networks::NINETEEN_TWO,
        // Shared by carriers (RFC 6598).
        [100, 64..128, ..] => Networks::CARRIER,
        // Protocols (RFC 6890), benchmarks (RFC 2544), multicast, reserved (RFC 1112).
        [192, 0, 0, _] | [198, 18..20, ..] | [224..=255, ..] => Networks::OTHER,
        _ => Networks::default(),
    }
}

fn network_v6(ip: Ipv6Addr) -> Networks {
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
    let inner = inner.map(network_v4).unwrap_or_default();
    if !inner.is_empty() {
        return inner;
    }
    match segments {
        _ if ip.is_loopback() || ip.is_unspecified() => Networks::LOOPBACK,
        [0xfd00, 0xec2, ..] | [0xfe80..=0xfebf, ..] => Networks::LINK_LOCAL,
        // The site-local addresses of old (RFC 3879).
        [0xfec0..=0xfeff, ..] => Networks::SITE_LOCAL,
        [0xfc00..=0xfdff, ..] => Networks::UNIQUE_LOCAL,
        // NAT64 within one network (RFC 8215), thrown away (RFC 6666), benchmarks (RFC 5180), within one network
        // (RFC 9602).
        [0x64, 0xff9b, 1, ..] | [0x100, 0, 0, 0, ..] | [0x2001, 2, 0, ..] | [0x5f00, ..] => {
            Networks::OTHER
        }
        _ if ip.is_multicast() => Networks::OTHER,
        _ => Networks::default(),
    }
}
