//! Type-correct expressions about a box, made from choices. Every read of what may be absent is
//! guarded, so that the checker has to take each of them.

use crate::choices::Choices;
use crate::facts::TEXTS;

/// What stands behind a variable.
#[derive(Clone, Copy, PartialEq)]
enum Local {
    Text,
    Int,
    Part,
    Item,
    /// A key of `resource.Labels`.
    Key,
}

pub struct Generator<'g, 'c> {
    choices: &'g mut Choices<'c>,
    locals: Vec<(&'static str, Local)>,
}

/// An expression of any type that has a comparable value.
pub fn expression(choices: &mut Choices<'_>) -> String {
    let depth = 1 + choices.below(4);
    let kind = choices.below(12);
    let mut generator = Generator {
        choices,
        locals: Vec::new(),
    };
    match kind {
        0 => generator.int(depth),
        1 => generator.double(depth),
        2 => generator.text(depth),
        3 => generator.texts(depth),
        4 => generator.ints(depth),
        _ => generator.condition(depth),
    }
}

impl Generator<'_, '_> {
    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.plain_condition();
        }
        let below = depth - 1;
        match self.choices.below(17) {
            0 => self.plain_condition(),
            1 | 2 => format!("({} && {})", self.condition(below), self.condition(below)),
            3 | 4 => format!("({} || {})", self.condition(below), self.condition(below)),
            5 => format!("!({})", self.condition(below)),
            6 => self.choice(below, Self::condition),
            7 => self.compared(below, Self::int, &["==", "!=", "<", "<=", ">", ">="]),
            8 => self.compared(below, Self::double, &["==", "!=", "<", "<=", ">", ">="]),
            9 => self.compared(below, Self::text, &["==", "!=", "<", "<=", ">", ">="]),
            10 => self.compared(below, Self::condition, &["==", "!="]),
            11 => self.membership(below),
            12 => self.text_test(below),
            13 | 14 => self.quantified(below),
            15 => format!("(has(resource.Owner) && {})", self.of_owner()),
            _ => format!(
                "(has(resource.Inner) ? resource.Inner.Deep.Flag : {})",
                self.condition(below)
            ),
        }
    }

    fn plain_condition(&mut self) -> String {
        if let Some(name) = self.local(Local::Part) {
            let of_part = [format!("{name}.Open"), format!("has({name}.Value)")];
            return self.choices.of(&of_part);
        }
        if let Some(name) = self.local(Local::Item) {
            return format!("has({name}.Colour)");
        }
        let options = [
            "resource.On",
            "true",
            "false",
            "has(resource.Limit)",
            "has(resource.Owner)",
            "(has(resource.Locked) && resource.Locked)",
            "(!has(resource.Locked) || resource.Locked)",
            "(has(resource.Inner) && has(resource.Inner.Deep.Text))",
            "has(resource.Labels.env)",
        ];
        self.choices.of(&options).to_owned()
    }

    fn of_owner(&mut self) -> String {
        let options = [
            "resource.Owner.Alias == 'a'",
            "(!has(resource.Owner.Age) || resource.Owner.Age > 1)",
            "has(resource.Owner.Age)",
        ];
        self.choices.of(&options).to_owned()
    }

    fn compared(
        &mut self,
        depth: usize,
        side: fn(&mut Self, usize) -> String,
        operators: &[&str],
    ) -> String {
        let operator = self.choices.of(operators);
        format!("({} {operator} {})", side(self, depth), side(self, depth))
    }

    fn choice(&mut self, depth: usize, part: fn(&mut Self, usize) -> String) -> String {
        let condition = self.condition(depth);
        format!(
            "({condition} ? {} : {})",
            part(self, depth),
            part(self, depth)
        )
    }

    fn membership(&mut self, depth: usize) -> String {
        match self.choices.below(3) {
            0 => format!("({} in {})", self.text(depth), self.texts(depth)),
            1 => format!("({} in {})", self.int(depth), self.ints(depth)),
            _ => format!("({} in resource.Labels)", self.text(depth)),
        }
    }

    fn text_test(&mut self, depth: usize) -> String {
        let text = self.text(depth);
        match self.choices.below(4) {
            0 => format!("{text}.contains({})", self.text(depth)),
            1 => format!("{text}.startsWith({})", self.text(depth)),
            2 => format!("{text}.endsWith({})", self.text(depth)),
            _ => format!(
                "{text}.matches({})",
                self.choices.of(&["'^[a-e]'", "'^$'", "'[0-9]+'"])
            ),
        }
    }

    fn quantified(&mut self, depth: usize) -> String {
        let (range, local) = self.range(depth);
        let quantifier = self.choices.of(&["exists", "all", "exists_one"]);
        let (name, body) = self.within(local, depth, Self::condition);
        format!("{range}.{quantifier}({name}, {body})")
    }

    fn range(&mut self, depth: usize) -> (String, Local) {
        match self.choices.below(8) {
            0 => (self.texts(depth), Local::Text),
            1 => (self.ints(depth), Local::Int),
            2 => ("resource.Labels".to_owned(), Local::Key),
            3 => ("lab.Item".to_owned(), Local::Item),
            4 => (
                self.choices
                    .of(&["resource.Items", "resource.Doors", "all.lab.Item"])
                    .to_owned(),
                Local::Item,
            ),
            5 => {
                let (name, body) = self.within(Local::Item, 0, Self::condition);
                (format!("lab.Item.filter({name}, {body})"), Local::Item)
            }
            6 => {
                let (name, body) = self.within(Local::Part, 0, Self::condition);
                (
                    format!("resource.Parts.filter({name}, {body})"),
                    Local::Part,
                )
            }
            _ => ("resource.Parts".to_owned(), Local::Part),
        }
    }

    /// A body that may use one more variable, and the variable's name.
    fn within(
        &mut self,
        local: Local,
        depth: usize,
        body: fn(&mut Self, usize) -> String,
    ) -> (&'static str, String) {
        // Names come back on purpose: an inner variable hides an outer one.
        let name = self.choices.of(&["x", "y"]);
        self.locals.push((name, local));
        let body = body(self, depth);
        self.locals.pop();
        (name, body)
    }

    /// A variable of that kind that no inner one hides.
    fn local(&mut self, wanted: Local) -> Option<&'static str> {
        ["y", "x"].into_iter().find(|name| {
            let found = self.locals.iter().rfind(|(known, _)| known == name);
            found.is_some_and(|(_, local)| *local == wanted)
        })
    }

    fn int(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.plain_int();
        }
        let below = depth - 1;
        match self.choices.below(12) {
            0 | 1 => self.plain_int(),
            2 => format!("({} + {})", self.int(below), self.int(below)),
            3 => format!("({} - {})", self.int(below), self.int(below)),
            4 => format!("({} * {})", self.int(below), self.int(below)),
            5 => format!("({} / {})", self.int(below), self.int(below)),
            6 => format!("({} % {})", self.int(below), self.int(below)),
            7 => format!("-({})", self.int(below)),
            8 => self.choice(below, Self::int),
            9 => format!("size({})", self.text(below)),
            10 => {
                let (name, body) = self.within(Local::Text, below, Self::condition);
                format!("size({}.filter({name}, {body}))", self.texts(0))
            }
            _ => format!("{}[{}]", self.ints(0), self.int(below)),
        }
    }

    fn plain_int(&mut self) -> String {
        for (local, access) in [(Local::Int, ""), (Local::Item, ".Size")] {
            if let Some(name) = self.local(local)
                && self.choices.once_in(2)
            {
                return format!("{name}{access}");
            }
        }
        if let Some(name) = self.local(Local::Part)
            && self.choices.once_in(2)
        {
            return format!("(has({name}.Value) ? {name}.Value : 1)");
        }
        let options = [
            "resource.Count",
            "0",
            "1",
            "7",
            "9223372036854775807",
            "params.min",
            "size(resource.Names)",
            "size(resource.Labels)",
            "size(lab.Item)",
            "size(resource.Items)",
            "int(resource.Ratio)",
            "int(resource.Name)",
            "(has(resource.Limit) ? resource.Limit : 4)",
            "(has(resource.Inner) ? resource.Inner.A : 2)",
            "(has(resource.Owner) && has(resource.Owner.Age) ? resource.Owner.Age : 3)",
        ];
        self.choices.of(&options).to_owned()
    }

    fn double(&mut self, depth: usize) -> String {
        if depth == 0 {
            let options = [
                "resource.Ratio",
                "0.0",
                "1.5",
                "(has(resource.Weight) ? resource.Weight : 2.5)",
                "double(resource.Count)",
                "double(resource.Name)",
            ];
            return self.choices.of(&options).to_owned();
        }
        let below = depth - 1;
        match self.choices.below(7) {
            0 => self.double(0),
            1 => format!("({} + {})", self.double(below), self.double(below)),
            2 => format!("({} - {})", self.double(below), self.double(below)),
            3 => format!("({} * {})", self.double(below), self.double(below)),
            4 => format!("({} / {})", self.double(below), self.double(below)),
            5 => format!("-({})", self.double(below)),
            _ => self.choice(below, Self::double),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.plain_text();
        }
        let below = depth - 1;
        match self.choices.below(7) {
            0 | 1 => self.plain_text(),
            2 => format!("({} + {})", self.text(below), self.text(below)),
            3 => self.choice(below, Self::text),
            4 if self.choices.once_in(3) => "string(resource.Ratio)".to_owned(),
            4 => format!("string({})", self.int(below)),
            5 => format!("string({})", self.condition(below)),
            _ => format!("{}[{}]", self.texts(0), self.int(below)),
        }
    }

    fn plain_text(&mut self) -> String {
        let of_locals = [
            (Local::Text, ["", ""]),
            (Local::Key, ["", ""]),
            (Local::Part, [".Key", ".Key"]),
            (Local::Item, [".id", ".region"]),
        ];
        for (local, access) in of_locals {
            if let Some(name) = self.local(local)
                && self.choices.once_in(2)
            {
                if local == Local::Key && self.choices.once_in(2) {
                    return format!("resource.Labels[{name}]");
                }
                return format!("{name}{}", self.choices.of(&access));
            }
        }
        let literal = format!("'{}'", self.choices.of(&TEXTS));
        let options = [
            "resource.Name",
            &literal,
            &literal,
            "resource.id",
            "(has(resource.Note) ? resource.Note : 'none')",
            "('env' in resource.Labels ? resource.Labels['env'] : 'none')",
            "(has(resource.Labels.a) ? resource.Labels.a : 'none')",
            "(has(resource.Inner) && has(resource.Inner.B) ? resource.Inner.B : '')",
        ];
        self.choices.of(&options).to_owned()
    }

    fn texts(&mut self, depth: usize) -> String {
        match self.choices.below(if depth == 0 { 3 } else { 6 }) {
            0 => "resource.Names".to_owned(),
            1 => "['a', 'prod', '12']".to_owned(),
            2 => match self.local(Local::Part) {
                Some(name) => format!("{name}.Words"),
                None => "resource.Names".to_owned(),
            },
            3 => format!("[{}, {}]", self.text(depth - 1), self.text(depth - 1)),
            4 => {
                let (name, body) = self.within(Local::Int, depth - 1, Self::text);
                format!("{}.map({name}, {body})", self.ints(0))
            }
            _ => {
                let (name, body) = self.within(Local::Text, depth - 1, Self::condition);
                format!("{}.filter({name}, {body})", self.texts(0))
            }
        }
    }

    fn ints(&mut self, depth: usize) -> String {
        match self.choices.below(if depth == 0 { 2 } else { 5 }) {
            0 => "resource.Numbers".to_owned(),
            1 => "[1, 2, 7]".to_owned(),
            2 => format!("[{}, {}]", self.int(depth - 1), self.int(depth - 1)),
            3 => {
                let (name, body) = self.within(Local::Item, depth - 1, Self::int);
                format!("resource.Items.map({name}, {body})")
            }
            _ => {
                let (name, body) = self.within(Local::Int, depth - 1, Self::condition);
                format!("{}.filter({name}, {body})", self.ints(0))
            }
        }
    }
}
