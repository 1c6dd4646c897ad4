pub fn render() {}
pub fn to_json() {}
