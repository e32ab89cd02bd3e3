//! The allocator of every page: memory in sizes of powers of two, with a list of what is free for each.
//!
//! Own code because of the bytes of every page: of the allocators on crates.io the fastest small one (`rlsf`) costs
//! more than the whole of this, and those that are smaller look through a list of free places at each call, which
//! took twenty times as long for a config of a thousand rules. What is rounded up is lost to its owner, half of it at
//! the worst; what is freed serves the next of its size. Nothing is given back to the browser, which takes nothing
//! back.
//!
//! It is for one thread, as WebAssembly without atomics is.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;

/// A page of WebAssembly's memory.
const PAGE: usize = 65_536;
/// The smallest piece: it must hold the address of the next free one.
const LEAST: usize = size_of::<usize>();
/// One list for each power of two.
const SIZES: usize = usize::BITS as usize;

pub struct Heap<More>(UnsafeCell<State>, More);

struct State {
    /// The first free piece of each size; each holds the address of the next. 0 where there is none.
    free: [usize; SIZES],
    /// What has never been handed out.
    top: usize,
    end: usize,
}

/// Where memory comes from.
pub trait More {
    /// The address of so many new pages; `None` when there are no more.
    fn pages(&self, count: usize) -> Option<usize>;
}

/// The memory of a WebAssembly module.
#[derive(Debug)]
pub struct Grow;

#[cfg(target_arch = "wasm32")]
impl More for Grow {
    fn pages(&self, count: usize) -> Option<usize> {
        let before = core::arch::wasm32::memory_grow(0, count);
        (before != usize::MAX).then_some(before * PAGE)
    }
}

// SAFETY: there is one thread.
unsafe impl<M> Sync for Heap<M> {}

impl<M> Heap<M> {
    pub const fn new(more: M) -> Heap<M> {
        Heap(UnsafeCell::new(State { free: [0; SIZES], top: 0, end: 0 }), more)
    }
}

/// The power of two that holds `layout`, as its exponent. A piece lies at a multiple of its own size or of a page's,
/// whichever is less, so that it fits every alignment up to a page.
fn exponent(layout: Layout) -> u32 {
    let size = layout.size().max(layout.align()).max(LEAST);
    usize::BITS - (size - 1).leading_zeros()
}

impl State {
    #[inline(never)]
    fn take(&mut self, exponent: u32, more: &impl More) -> usize {
        let Some(free) = self.free.get_mut(exponent as usize) else {
            return 0;
        };
        let piece = *free;
        if piece != 0 {
            // SAFETY: a free piece holds the address of the next one; see `give`.
            *free = unsafe { ptr::read(piece as *const usize) };
            return piece;
        }
        let size = 1 << exponent;
        let step = size.min(PAGE) - 1;
        let mut at = (self.top + step) & !step;
        if at + size > self.end || self.top == 0 {
            let count = size.div_ceil(PAGE);
            let Some(new) = more.pages(count) else { return 0 };
            // Pages that follow the last are one with it; others begin anew.
            if new != self.end || self.top == 0 {
                at = new;
            }
            self.end = new + count * PAGE;
        }
        self.top = at + size;
        at
    }

    #[inline(never)]
    fn give(&mut self, piece: usize, exponent: u32) {
        if let Some(free) = self.free.get_mut(exponent as usize) {
            // SAFETY: the piece is nobody's any more, and has room for an address.
            unsafe { ptr::write(piece as *mut usize, *free) };
            *free = piece;
        }
    }
}

// SAFETY: pieces of one size never overlap: they come from memory that was never handed out, or from the list of what
// was handed back, each once. A piece is at least as large as its layout and as its alignment.
unsafe impl<M: More> GlobalAlloc for Heap<M> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: nothing called from here allocates, and there is one thread, so this is the only reference.
        let state = unsafe { &mut *self.0.get() };
        state.take(exponent(layout), &self.1) as *mut u8
    }

    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        // SAFETY: as above.
        let state = unsafe { &mut *self.0.get() };
        state.give(piece as usize, exponent(layout));
    }

    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that `size` is allowed with this alignment.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if exponent(new) == exponent(layout) {
            return piece;
        }
        // SAFETY: both pieces are as large as the smaller of the two, and are not the same.
        unsafe {
            let to = self.alloc(new);
            if !to.is_null() {
                ptr::copy_nonoverlapping(piece, to, layout.size().min(size));
                self.dealloc(piece, layout);
            }
            to
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Memory of the host's, in one stretch or in several.
    struct Host {
        from: Cell<usize>,
        left: Cell<usize>,
        apart: bool,
    }

    impl Host {
        fn of(pages: usize, apart: bool) -> Host {
            let memory = vec![0u8; (pages + 1) * PAGE].leak().as_ptr() as usize;
            Host { from: Cell::new(memory.next_multiple_of(PAGE)), left: Cell::new(pages), apart }
        }
    }

    impl More for Host {
        fn pages(&self, count: usize) -> Option<usize> {
            let gap = usize::from(self.apart);
            self.left.set(self.left.get().checked_sub(count + gap)?);
            Some(self.from.replace(self.from.get() + (count + gap) * PAGE))
        }
    }

    /// Thousands of pieces of all sizes and alignments, taken, grown and given back in a random order: each keeps what
    /// was written into it.
    #[test]
    fn pieces_keep_what_is_theirs() {
        for apart in [false, true] {
            let heap = Heap::new(Host::of(4_000, apart));
            let mut seed = 1u64;
            let mut dice = move || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) as usize
            };
            let mut held: Vec<(*mut u8, Layout, u8)> = Vec::new();
            for round in 0..20_000 {
                let mark = round as u8;
                if held.len() < 200 || dice() % 2 == 0 {
                    let large = if dice() % 50 == 0 { 200_000 } else { 300 };
                    let layout = Layout::from_size_align(1 + dice() % large, 1 << (dice() % 5)).unwrap();
                    let piece = unsafe { heap.alloc(layout) };
                    assert!(!piece.is_null() && (piece as usize).is_multiple_of(layout.align()));
                    unsafe { piece.write_bytes(mark, layout.size()) };
                    held.push((piece, layout, mark));
                    continue;
                }
                let (piece, layout, mark) = held.swap_remove(dice() % held.len());
                let whole =
                    |piece: *mut u8, size: usize| (0..size).all(|at| unsafe { piece.add(at).read() } == mark);
                assert!(whole(piece, layout.size()));
                let size = 1 + dice() % 2_000;
                let piece = unsafe { heap.realloc(piece, layout, size) };
                assert!(whole(piece, layout.size().min(size)));
                unsafe { heap.dealloc(piece, Layout::from_size_align(size, layout.align()).unwrap()) };
            }
        }
    }

    #[test]
    fn what_is_freed_is_used_again() {
        let heap = Heap::new(Host::of(1, false));
        let layout = Layout::from_size_align(1_000, 8).unwrap();
        for _ in 0..10_000 {
            let piece = unsafe { heap.alloc(layout) };
            assert!(!piece.is_null());
            unsafe { heap.dealloc(piece, layout) };
        }
    }

    #[test]
    fn no_memory_is_no_panic() {
        let heap = Heap::new(Host::of(2, false));
        for size in [3 * PAGE, usize::MAX / 4] {
            assert!(unsafe { heap.alloc(Layout::from_size_align(size, 8).unwrap()) }.is_null());
        }
        assert!(!unsafe { heap.alloc(Layout::from_size_align(PAGE, 8).unwrap()) }.is_null());
    }
}
