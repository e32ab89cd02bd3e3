//! An allocator that counts how often it is asked for memory.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

static ASKED: AtomicU32 = AtomicU32::new(0);

/// Passes everything on to the allocator inside.
pub struct Counting<A>(pub A);

/// How often memory was asked for so far; growing counts as asking.
pub fn asked() -> u32 {
    ASKED.load(Relaxed)
}

// SAFETY: every call goes to the inner allocator as it came; counting touches no memory of the heap.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counting<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        // SAFETY: as the caller promises.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { self.0.dealloc(place, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        // SAFETY: as the caller promises.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        // SAFETY: as the caller promises.
        unsafe { self.0.realloc(place, layout, size) }
    }
}
