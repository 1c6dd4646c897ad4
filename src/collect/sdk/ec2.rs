pub fn source() -> super::Source {
    super::Source {
        types: vec![],
        calls: vec![],
    }
}
