//! Rows about hashes, buckets and namespaces.

#[allow(dead_code)]
pub fn placeholder() {}
