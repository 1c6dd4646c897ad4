//! Words for people: how many of what.

/// Names that AWS writes as one word and people know in capitals.
const CAPITALS: [(&str, &str); 7] = [
    ("nat", "NAT"),
    ("vpc", "VPC"),
    ("acl", "ACL"),
    ("api", "API"),
    ("db", "DB"),
    ("kms", "KMS"),
    ("iam", "IAM"),
];

/// `3 DB instances`, `1 NAT gateway`, from a type's name and a number.
pub(super) fn many(count: usize, resource_type: &str) -> String {
    let noun = noun(resource_type);
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {}", plural(&noun))
    }
}

/// `rds.DBInstance` as `DB instance`.
pub(super) fn noun(resource_type: &str) -> String {
    let name = resource_type.rsplit('.').next().unwrap_or(resource_type);
    let mut words: Vec<String> = Vec::new();
    let characters: Vec<char> = name.chars().collect();
    for (index, &character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1);
        let begins = character.is_uppercase()
            && (before.is_some_and(|before| !before.is_uppercase())
                || after.is_some_and(|after| after.is_lowercase()));
        match words.last_mut() {
            Some(word) if !begins => word.push(character),
            _ => words.push(character.to_string()),
        }
    }
    let words = words.into_iter().map(|word| {
        let lower = word.to_lowercase();
        let known = CAPITALS.iter().find(|(name, _)| *name == lower);
        match known {
            Some((_, capitals)) => (*capitals).to_owned(),
            None if word.chars().all(char::is_uppercase) && word.chars().count() > 1 => word,
            None => lower,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn plural(noun: &str) -> String {
    let vowel_before_y = ["ay", "ey", "oy", "uy"]
        .iter()
        .any(|end| noun.ends_with(end));
    if noun.ends_with("ss") || noun.ends_with('x') || noun.ends_with("ch") {
        format!("{noun}es")
    } else if noun.ends_with('s') {
        noun.to_owned()
    } else if noun.ends_with('y') && !vowel_before_y {
        format!("{}ies", &noun[..noun.len() - 1])
    } else {
        format!("{noun}s")
    }
}

/// Names in a line, not all of them where there are many.
pub(super) fn listed(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_counted_in_words() {
        for (count, resource_type, told) in [
            (3, "rds.DBInstance", "3 DB instances"),
            (1, "ec2.NatGateway", "1 NAT gateway"),
            (2, "iam.Policy", "2 policies"),
            (2, "ec2.Address", "2 addresses"),
            (2, "ec2.NatGateway", "2 NAT gateways"),
            (0, "apigateway.RestApi", "0 rest APIs"),
            (2, "ssm.ServiceSettings", "2 service settings"),
            (1, "x", "1 x"),
            (1, "", "1 "),
        ] {
            assert_eq!(many(count, resource_type), told, "{resource_type}");
        }
    }
}
