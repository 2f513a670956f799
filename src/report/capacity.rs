//! The report of `detctl capacity`.
