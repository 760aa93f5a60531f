"""What this process may still do from here on: compute for a while, and answer.

Limits of the system come first and hold on every Unix: no new file, socket or process, so much
memory, so much time. On Linux a filter of system calls follows, which not even a process of the
administrator can take off again: what is not on the list is answered with "not permitted".
"""

import ctypes
import platform
import resource
import struct
import sys

from bedside.record.attachments.limits import CPU_SECONDS, MOST_MEMORY

# For each machine: how the kernel names it, and the numbers of the calls that remain: read, write,
# close, fstat, lseek, mmap, mprotect, munmap, mremap, madvise, brk, the signals of one's own,
# futex, sched_yield, getpid, gettid, clock_gettime, getrandom, exit and exit_group.
MACHINES = {
    "x86_64": (0xC000003E, "0 1 3 5 8 9 10 11 12 13 14 15 24 25 28 39 60 131 186 202 228 231 318"),
    "aarch64": (
        0xC00000B7,
        "57 62 63 64 80 93 94 98 113 124 132 134 135 139 172 178 214 215 216 222 226 233 278",
    ),
}
LOAD, EQUAL, ANSWER = 0x20, 0x15, 0x06  # of the kernel's small filter language
ALLOW, NOT_PERMITTED, KILL = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, MACHINE = 0, 4  # where a call's number and the machine's name lie
SET_NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2


def close_doors() -> bool:
    """Give everything up but memory and time; tell whether calls are filtered as well."""
    for limit, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),  # what is open stays open; nothing else opens
    ):
        resource.setrlimit(limit, (most, most))
    return sys.platform == "linux" and _filter_calls()


def _filter_calls() -> bool:
    if platform.machine() not in MACHINES:
        return False
    machine, calls = MACHINES[platform.machine()]
    rules = _write_filter(machine, [int(call) for call in calls.split()])
    code = ctypes.create_string_buffer(b"".join(rules))
    program = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(code))
    call = ctypes.CDLL(None).prctl
    zero = ctypes.c_ulong(0)
    if call(SET_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero):
        return False
    return not call(SET_SECCOMP, ctypes.c_ulong(FILTER), ctypes.c_char_p(program), zero, zero)


def _write_filter(machine: int, calls: list[int]) -> list[bytes]:
    """Write the rules: another machine's calls end the process, unlisted ones are refused."""
    many = len(calls)
    return [
        _rule(LOAD, k=MACHINE),
        _rule(EQUAL, 1, 0, k=machine),
        _rule(ANSWER, k=KILL),
        _rule(LOAD, k=NUMBER),
        *(_rule(EQUAL, many - place, 0, k=call) for place, call in enumerate(calls)),
        _rule(ANSWER, k=NOT_PERMITTED),
        _rule(ANSWER, k=ALLOW),
    ]


def _rule(code: int, if_so: int = 0, if_not: int = 0, *, k: int) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, k)
