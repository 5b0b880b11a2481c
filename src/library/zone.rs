//! The time zone of this machine.
//! Never here: how a time is written.

use std::path::Path;

use jiff::tz::TimeZone;

/// The zone that `TZ` names, else that of `/etc/localtime`; UTC where neither says one.
pub fn local() -> TimeZone {
    // Asked for the zone of the system, jiff first lists all there are, which a start waits for.
    let zone = match std::env::var("TZ") {
        Ok(name) => of_name(Path::new("/usr/share/zoneinfo"), &name),
        Err(std::env::VarError::NotPresent) => of_link(Path::new("/etc/localtime")),
        Err(std::env::VarError::NotUnicode(_)) => None,
    };
    zone.unwrap_or_else(TimeZone::system)
}

/// The zone of a name like `Europe/Berlin`; none of what POSIX lets `TZ` be beside that: a rule, a file.
fn of_name(zones: &Path, name: &str) -> Option<TimeZone> {
    let plain = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
        !part.is_empty() && part.bytes().all(plain)
    };
    if !name.split('/').all(plain) {
        return None;
    }
    TimeZone::tzif(name, &std::fs::read(zones.join(name)).ok()?).ok()
}

/// The zone in a file of RFC 9636 that is a link into a folder of zones, which names it.
fn of_link(link: &Path) -> Option<TimeZone> {
    let file = link.canonicalize().ok()?;
    let (_, name) = file.to_str()?.split_once("/zoneinfo/")?;
    TimeZone::tzif(name, &std::fs::read(&file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsprint_model::Time;

    #[test]
    fn a_named_zone_is_read_from_its_file_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let zones = Path::new("/usr/share/zoneinfo");
        for name in ["Europe/Berlin", "UTC", "Etc/GMT+5"] {
            if !zones.join(name).exists() {
                // A machine without zones has none to name.
                continue;
            }
            let zone = of_name(zones, name).unwrap();
            let named = TimeZone::get(name).unwrap();
            assert_eq!(zone.iana_name(), Some(name));
            let time: Time = "2024-07-15T12:00:00Z".parse().unwrap();
            assert_eq!(zone.to_offset(time), named.to_offset(time), "{name}");
        }
        std::fs::write(folder.path().join("Plain"), b"no zone").unwrap();
        let others = [
            "",
            "Plain",
            "Missing",
            "../etc/passwd",
            ":UTC",
            "/UTC",
            "EST5EDT,M3.2.0,M11.1.0",
        ];
        for name in others {
            assert!(of_name(folder.path(), name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_linked_zone_is_the_one_that_its_name_says() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("localtime");
        for name in ["Europe/Berlin", "Asia/Tbilisi", "America/New_York"] {
            let zones = Path::new("/usr/share/zoneinfo").join(name);
            if !zones.exists() {
                // A machine without zones has nothing to link to.
                continue;
            }
            let _ = std::fs::remove_file(&link);
            std::os::unix::fs::symlink(zones, &link).unwrap();
            let zone = of_link(&link).unwrap();
            let named = TimeZone::get(name).unwrap();
            assert_eq!(zone.iana_name(), Some(name));
            for time in [
                "2024-01-15T12:00:00Z",
                "2024-07-15T12:00:00Z",
                "2051-07-15T12:00:00Z",
            ] {
                let time: Time = time.parse().unwrap();
                assert_eq!(zone.to_offset(time), named.to_offset(time), "{name} {time}");
            }
        }
        std::fs::write(folder.path().join("plain"), b"no zone").unwrap();
        assert!(of_link(&folder.path().join("plain")).is_none());
        assert!(of_link(&folder.path().join("missing")).is_none());
    }
}
