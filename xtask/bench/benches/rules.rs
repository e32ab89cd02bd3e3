//! The same measurements natively, by criterion: `cargo bench --package bharosa-bench`.

use bench::counting::Counting;
use bench::{Bench, WORKS};
use criterion::{Criterion, criterion_group, criterion_main};
use std::alloc::System;
use std::time::Duration;

#[global_allocator]
static HEAP: Counting<System> = Counting(System);

fn rules(criterion: &mut Criterion) {
    let mut bench = match Bench::new() {
        Ok(bench) => bench,
        Err(why) => return eprintln!("nothing is measured: {why}"),
    };
    println!("{}", bench.about());
    for work in &WORKS {
        println!("allocations|{}|{}", work.id, bench.allocations(work.id));
        criterion.bench_function(work.id, |bencher| {
            bencher.iter_custom(|times| {
                let start = std::time::Instant::now();
                std::hint::black_box(bench.run(work.id, times as u32));
                let took = start.elapsed();
                bench.settle();
                took
            });
        });
    }
}

criterion_group! {
    name = group;
    config = Criterion::default()
        .sample_size(50)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = rules
}
criterion_main!(group);
