//! Quoting for POSIX shells: a resource may be called `x; rm -rf ~`.

/// Where in a command a value is about to stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quoting {
    /// Outside of quotes.
    #[default]
    None,
    /// Between `'`.
    Single,
    /// Between `"`.
    Double,
}

impl Quoting {
    /// Goes over the command's own text. Gives where the last word in it begins, if one does.
    pub fn pass(&mut self, text: &str) -> Option<usize> {
        let mut escaped = false;
        let mut word = None;
        for (at, character) in text.char_indices() {
            match (*self, character) {
                _ if escaped => escaped = false,
                (Quoting::None, space) if space.is_ascii_whitespace() => word = Some(at + 1),
                (Quoting::None | Quoting::Double, '\\') => escaped = true,
                (Quoting::None, '\'') => *self = Quoting::Single,
                (Quoting::None, '"') => *self = Quoting::Double,
                (Quoting::Single, '\'') | (Quoting::Double, '"') => *self = Quoting::None,
                _ => {}
            }
        }
        word
    }

    /// The value such that the shell takes it for nothing but text.
    pub fn quote(self, value: &str) -> String {
        match self {
            Quoting::None if is_plain(value) => value.to_owned(),
            Quoting::None => format!("'{}'", within_single(value)),
            Quoting::Single => within_single(value),
            Quoting::Double => {
                let mut text = String::new();
                for character in value.chars() {
                    if matches!(character, '"' | '$' | '`' | '\\' | '!') {
                        // Inside double quotes history expansion needs the quotes left.
                        text.push_str(if character == '!' { "\"'!'\"" } else { "\\" });
                        if character == '!' {
                            continue;
                        }
                    }
                    text.push(character);
                }
                text
            }
        }
    }

    /// A variable such that the shell takes its value for nothing but text.
    pub fn variable(self, name: &str) -> String {
        match self {
            Quoting::None => format!("\"${{{name}}}\""),
            Quoting::Single => format!("'\"${{{name}}}\"'"),
            Quoting::Double => format!("${{{name}}}"),
        }
    }
}

fn within_single(value: &str) -> String {
    value.replace('\'', r"'\''")
}

/// Characters that no shell treats specially anywhere in a word.
fn is_plain(value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./_-".contains(c);
    !value.is_empty() && value.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::Quoting;

    /// What `sh` makes of a command that prints its arguments.
    fn arguments(command: &str) -> String {
        let output = std::process::Command::new("sh")
            .args(["-c", command])
            .output()
            .expect("sh runs");
        assert!(output.status.success(), "{command}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    #[test]
    fn a_shell_takes_any_value_for_text() {
        let nasty = [
            "x; echo pwned",
            "$(id)",
            "`id`",
            "a'b",
            "a\"b",
            "a\\b",
            "",
            "a b",
            "!!",
            "*",
            "~",
            "a\nb",
            "-n",
        ];
        for (before, after, start) in [("", "", ""), ("'<", ">'", "<"), ("\"<", ">\"", "<")] {
            for value in nasty {
                let mut quoting = Quoting::default();
                quoting.pass(before);
                let command = format!("printf '%s' {before}{}{after}", quoting.quote(value));
                let end = if start.is_empty() { "" } else { ">" };
                assert_eq!(
                    arguments(&command),
                    format!("{start}{value}{end}"),
                    "{command}"
                );
            }
        }
    }
}
