//! `cargo bench`: what a run is made of.

fn main() {
    divan::main();
}
