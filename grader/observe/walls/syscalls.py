"""Which calls of the kernel a submission may make, by name. What is in none of these lists does not exist for it."""

from __future__ import annotations

from typing import Final

__all__ = ["ALLOWED", "REFUSED", "ZYGOTE"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What Python, numpy and the usual libraries need to compute, to read files and to run threads.
ALLOWED: Final = _names(
    # files and descriptors; which files can be opened is Landlock's affair
    """
    access chdir close close_range dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_wait eventfd
    eventfd2 faccessat faccessat2 fadvise64 fchdir fstat fstatfs getcwd getdents getdents64 lseek lstat newfstatat
    open openat pipe pipe2 poll ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev pwritev2 read readlink readlinkat
    readv select stat statfs statx umask write writev
    """
    # memory
    """
    brk madvise membarrier mincore mmap mprotect mremap msync munmap
    """
    # threads, signals and time, its own
    """
    alarm clock_getres clock_gettime clock_nanosleep exit exit_group futex futex_waitv get_robust_list getitimer
    gettimeofday nanosleep pause restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn
    rt_sigsuspend rt_sigtimedwait sched_yield set_robust_list set_tid_address setitimer sigaltstack time wait4 waitid
    """
    # what it is, and where
    """
    capget getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getrandom getresgid
    getresuid getrlimit getrusage getsid gettid getuid sched_get_priority_max sched_get_priority_min sched_getaffinity
    sched_getparam sched_getscheduler sysinfo times uname
    """
)

# What the zygote needs besides, and each child only until its walls are up.
ZYGOTE: Final = _names(
    "capset landlock_restrict_self pidfd_open recvfrom recvmsg sendmsg sendto setns setrlimit setsid unshare"
)

# What ordinary code may come upon: it is told that it may not, which Python shows as a PermissionError. All else is
# told that there is no such call, so that libraries fall back on older ones.
REFUSED: Final = _names(
    # files
    """
    chmod chown chroot copy_file_range creat fallocate fchmod fchmodat fchmodat2 fchown fchownat fgetxattr flistxattr
    flock fremovexattr fsetxattr fsync fdatasync ftruncate futimesat getxattr lchown lgetxattr link linkat listxattr
    llistxattr lremovexattr lsetxattr memfd_create memfd_secret mkdir mkdirat mknod mknodat mount name_to_handle_at
    open_by_handle_at pivot_root quotactl removexattr rename renameat renameat2 rmdir sendfile setxattr splice swapon
    symlink symlinkat sync sync_file_range syncfs tee truncate umount2 unlink unlinkat utime utimensat utimes vmsplice
    inotify_init inotify_init1 fanotify_init
    """
    # processes
    """
    execve execveat fork vfork kcmp pidfd_getfd pidfd_send_signal process_madvise process_mrelease process_vm_readv
    process_vm_writev ptrace rt_sigqueueinfo rt_tgsigqueueinfo setfsgid setfsuid setgid setgroups sethostname setpgid
    setpriority setregid setresgid setresuid setreuid setuid sched_setaffinity sched_setattr sched_setparam
    sched_setscheduler tkill timer_create acct personality reboot seccomp landlock_create_ruleset landlock_add_rule
    """
    # what reaches other processes
    """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvmmsg sendmmsg setsockopt
    shutdown socket socketpair add_key keyctl request_key mq_open mq_unlink msgctl msgget msgrcv msgsnd semctl semget
    semop semtimedop shmat shmctl shmdt shmget
    """
    # the kernel itself
    """
    bpf delete_module finit_module init_module io_uring_enter io_uring_register io_uring_setup kexec_load
    perf_event_open syslog userfaultfd mlock mlock2 mlockall clock_settime settimeofday adjtimex
    """
)
