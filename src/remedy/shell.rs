//! Commands taken apart, as far as it takes to know what they do.

/// One call of the AWS CLI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// As it is written.
    pub text: String,
    /// Its words without their quotes.
    pub words: Vec<String>,
}

/// Verbs of operations that take something away or interrupt it.
const TAKES_AWAY: [&str; 26] = [
    "cancel",
    "deactivate",
    "delete",
    "deregister",
    "detach",
    "disable",
    "disassociate",
    "failover",
    "move",
    "promote",
    "purge",
    "reboot",
    "reject",
    "release",
    "remove",
    "reset",
    "restart",
    "restore",
    "revoke",
    "rollback",
    "rotate",
    "schedule",
    "stop",
    "terminate",
    "unsubscribe",
    "withdraw",
];
/// Verbs of operations that only read.
const READS: [&str; 7] = [
    "batch-get",
    "describe",
    "get",
    "list",
    "lookup",
    "search",
    "wait",
];

/// The calls that a command makes one after the other.
///
/// # Errors
/// What in it is more than calls of the AWS CLI behind each other.
pub fn calls(command: &str) -> Result<Vec<Call>, String> {
    let mut reader = Reader::default();
    let mut characters = command.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        if reader.take(character, next)? == Taken::Both {
            characters.next();
        }
    }
    reader.end_call();
    for call in &reader.calls {
        if call.words.first().is_none_or(|first| first != "aws") || call.words.len() < 3 {
            return Err("it is more than a call of the AWS CLI".to_owned());
        }
    }
    Ok(reader.calls)
}

#[derive(PartialEq, Eq)]
enum Taken {
    One,
    /// The next character too.
    Both,
}

#[derive(Default)]
struct Reader {
    calls: Vec<Call>,
    text: String,
    words: Vec<String>,
    word: Option<String>,
    quote: Option<char>,
}

impl Reader {
    fn take(&mut self, character: char, next: Option<char>) -> Result<Taken, String> {
        match (self.quote, character) {
            (Some('\''), '\'') | (Some('"'), '"') => {
                self.quote = None;
                self.text.push(character);
            }
            (Some('"') | None, '\\') => return Ok(self.escaped(next)),
            (Some('"'), '`') => return Err("a command stands in it".to_owned()),
            (Some('"'), '$') if next != Some('{') && next.is_some_and(expands) => {
                return Err("the shell would fill something in".to_owned());
            }
            (Some(_), _) => self.push(character),
            (None, '\'' | '"') => {
                self.quote = Some(character);
                self.word.get_or_insert_default();
                self.text.push(character);
            }
            (None, '\n') => self.end_call(),
            (None, '&') if next == Some('&') => {
                self.end_call();
                return Ok(Taken::Both);
            }
            (None, space) if space.is_ascii_whitespace() => {
                self.end_word();
                self.text.push(space);
            }
            (None, '&' | '|' | ';' | '<' | '>' | '(' | ')' | '`' | '$') => {
                return Err(format!("`{character}` means something to the shell"));
            }
            (None, '*' | '?' | '[') => {
                return Err(format!("`{character}` may be taken for names of files"));
            }
            (None, '#') if self.word.is_none() => {
                return Err("it holds a comment".to_owned());
            }
            (None, _) => self.push(character),
        }
        Ok(Taken::One)
    }

    fn escaped(&mut self, next: Option<char>) -> Taken {
        let Some(next) = next else {
            self.push('\\');
            return Taken::One;
        };
        if next == '\n' {
            // A line that goes on: one line says the same.
            return Taken::Both;
        }
        self.text.push('\\');
        if self.quote == Some('"') && !"\"\\$`".contains(next) {
            self.word.get_or_insert_default().push('\\');
        }
        self.push(next);
        Taken::Both
    }

    fn push(&mut self, character: char) {
        self.word.get_or_insert_default().push(character);
        self.text.push(character);
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end_call(&mut self) {
        self.end_word();
        let text = std::mem::take(&mut self.text);
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            let text = text.trim().to_owned();
            self.calls.push(Call { text, words });
        }
    }
}

/// Whether a `$` before this character means something to a shell.
fn expands(next: char) -> bool {
    next.is_ascii_alphanumeric() || "(_@*#?$!-".contains(next)
}

impl Call {
    /// The call with the region it is meant for, unless it names one.
    #[must_use]
    pub fn in_region(mut self, region: &str) -> Self {
        let named = |word: &String| word == "--region" || word.starts_with("--region=");
        if !self.words.iter().any(named)
            && let Some(rest) = self.text.strip_prefix("aws ")
        {
            self.text = format!("aws --region {region} {rest}");
        }
        self
    }

    /// Why somebody has to look at the call before it is made.
    pub fn caution(&self) -> Option<String> {
        let operation = self.words.get(2)?.as_str();
        let is = |verb: &str| {
            let rest = operation.strip_prefix(verb);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        if let Some(verb) = TAKES_AWAY.iter().find(|verb| is(verb)) {
            return Some(format!(
                "whether nothing needs what `{verb}` takes away or interrupts"
            ));
        }
        if READS.iter().any(|verb| is(verb)) {
            return Some("what to do about what this shows".to_owned());
        }
        if is("copy") {
            return Some("whether a copy is worth its price; the original stays".to_owned());
        }
        let at_once = self.words.iter().any(|word| word == "--apply-immediately");
        at_once.then(|| "when an interruption does no harm".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &str) -> Vec<Vec<String>> {
        let calls = calls(command).expect("calls");
        calls.into_iter().map(|call| call.words).collect()
    }

    #[test]
    fn a_command_is_taken_apart_into_calls() {
        let command = "aws a b --x 'one two' && aws c d --y \"it's\" \\\n  --z\naws e f \\'g";
        assert_eq!(
            words(command),
            [
                vec!["aws", "a", "b", "--x", "one two"],
                vec!["aws", "c", "d", "--y", "it's", "--z"],
                vec!["aws", "e", "f", "'g"],
            ]
        );
    }

    #[test]
    fn what_a_shell_would_act_on_is_no_call() {
        for command in [
            "aws a b | sh",
            "aws a b; rm x",
            "aws a b > file",
            "aws a $(id)",
            "aws a `id`",
            "aws a b *",
            "echo aws a",
            "aws a b &",
            "aws a b || true",
            "aws a \"$(id)\"",
            "aws a \"`id`\"",
            "aws a \"$HOME\"",
        ] {
            assert!(calls(command).is_err(), "{command}");
        }
        assert!(calls("aws a b '$(id) | > *'").is_ok());
    }

    #[test]
    fn a_region_is_added_once() {
        let in_region = |command: &str| {
            let call = calls(command).expect("calls").remove(0);
            call.in_region("eu-west-1").text
        };
        assert_eq!(in_region("aws a b"), "aws --region eu-west-1 a b");
        assert_eq!(in_region("aws a b --region x"), "aws a b --region x");
    }

    #[test]
    fn what_takes_away_or_only_reads_waits_for_somebody() {
        let waits = |command: &str| {
            let calls = calls(command).expect("calls");
            calls[0].caution().is_some()
        };
        assert!(waits("aws ec2 delete-volume --volume-id v"));
        assert!(waits("aws ec2 describe-volumes --x y"));
        assert!(waits("aws rds modify-db-instance --apply-immediately"));
        assert!(!waits("aws sns create-topic --name deleted"));
        assert!(!waits("aws sns stopwatch --name deleted"));
    }
}
