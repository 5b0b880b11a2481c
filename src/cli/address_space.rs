//! What the program does where its address space is limited (`ulimit -v`, `LimitAS=`).
//! Never here: how much memory it uses.

/// Read by glibc's allocator once, before `main`: how many heaps there may be at most.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS: &str = "MALLOC_ARENA_MAX";

/// Starts the program once more, with one heap for all threads, where its address space is limited. glibc reserves 64 MB
/// for each thread that allocates while another does; a limit of 256 MB is then reached by a reader that uses 20, and
/// an allocation that fails aborts the program, with the terminal raw. Returns where there is no limit, or it cannot be done.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn spare() {
    use std::os::unix::process::CommandExt;

    let limit = rustix::process::getrlimit(rustix::process::Resource::As);
    if limit.current.is_none() || std::env::var_os(HEAPS).is_some() {
        return;
    }
    let mut args = std::env::args_os();
    let (Ok(program), Some(name)) = (std::env::current_exe(), args.next()) else {
        return;
    };
    let mut again = std::process::Command::new(program);
    // It returns only if it failed.
    let _ = again.arg0(name).args(args).env(HEAPS, "1").exec();
}

/// Other allocators do not reserve so much.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn spare() {}
