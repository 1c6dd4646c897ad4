//! From SDK structs to facts: one line a field gives both the fact and the schema.
//!
//! ```text
//! shape! { types::Vpc as "Vpc" {
//!     VpcId required vpc_id,
//!     OwnerId optional owner_id,
//! } }
//! ```
//!
//! `required` says that every live answer holds the field: where one lacks it, expressions that
//! read it are unknown. `optional` makes rules guard it with `has()`. Lists and maps are always
//! there, empty where AWS sends none.

use std::collections::HashMap;

use aws_smithy_types::DateTime;

use crate::collect::time::rfc3339;
use crate::fact::{Fact, Object};
use crate::schema::Type;

/// A Rust type of the SDK that has a fact and a schema type.
pub trait Shape {
    /// The type of the facts.
    fn ty() -> Type;
    /// The fact, `None` where the value is absent.
    fn fact(&self) -> Option<Fact>;
}

impl Shape for bool {
    fn ty() -> Type {
        Type::Bool
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::Bool(*self))
    }
}

impl Shape for i32 {
    fn ty() -> Type {
        Type::Int
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::Int(i64::from(*self)))
    }
}

impl Shape for i64 {
    fn ty() -> Type {
        Type::Int
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::Int(*self))
    }
}

impl Shape for f64 {
    fn ty() -> Type {
        Type::Double
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::Double(*self))
    }
}

impl Shape for String {
    fn ty() -> Type {
        Type::String
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::string(self.as_str()))
    }
}

impl Shape for DateTime {
    fn ty() -> Type {
        Type::Timestamp
    }
    fn fact(&self) -> Option<Fact> {
        rfc3339(self).map(Fact::string)
    }
}

impl<T: Shape> Shape for Option<T> {
    fn ty() -> Type {
        // An absent list is an empty one, so that rules need not tell the two apart.
        T::ty()
    }
    fn fact(&self) -> Option<Fact> {
        match self {
            Some(value) => value.fact(),
            None => match T::ty() {
                Type::List(_) => Some(Fact::List(Vec::new())),
                Type::Map(_) => Some(Fact::Object(Object::default())),
                _ => None,
            },
        }
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn ty() -> Type {
        Type::list(T::ty())
    }
    fn fact(&self) -> Option<Fact> {
        Some(Fact::List(self.iter().filter_map(Shape::fact).collect()))
    }
}

impl<T: Shape> Shape for HashMap<String, T> {
    fn ty() -> Type {
        Type::map(T::ty())
    }
    fn fact(&self) -> Option<Fact> {
        // Keys come from the account, so they are not interned for the program's life.
        Some(Fact::Object(
            self.iter()
                .filter_map(|(key, value)| Some((key.as_str().into(), value.fact()?)))
                .collect(),
        ))
    }
}

/// The type of what an accessor returns, without a value at hand.
pub fn type_of<S, T: Shape>(_accessor: fn(&S) -> &T) -> Type {
    T::ty()
}

/// Declares an SDK struct's facts; see the module's documentation.
macro_rules! shape {
    ($rust:path as $name:literal { $($field:ident $presence:ident $accessor:ident),* $(,)? }) => {
        impl $crate::collect::sdk::shape::Shape for $rust {
            fn ty() -> $crate::schema::Type {
                static TYPE: std::sync::LazyLock<std::sync::Arc<$crate::schema::Struct>> =
                    std::sync::LazyLock::new(|| {
                        $crate::schema::Struct::new($name, [$(
                            $crate::schema::Field::$presence(
                                stringify!($field),
                                $crate::collect::sdk::shape::type_of(|s: &$rust| &s.$accessor),
                            ),
                        )*])
                    });
                $crate::schema::Type::Struct(TYPE.clone())
            }
            fn fact(&self) -> Option<$crate::fact::Fact> {
                use $crate::collect::sdk::shape::Shape;
                let entries = [$(
                    (stringify!($field), Shape::fact(&self.$accessor)),
                )*];
                Some($crate::fact::Fact::Object(
                    entries
                        .into_iter()
                        .filter_map(|(name, fact)| Some(($crate::fact::name(name), fact?)))
                        .collect(),
                ))
            }
        }
    };
}

/// Declares SDK enums whose facts are their wire text.
macro_rules! text {
    ($($rust:path),* $(,)?) => {$(
        impl $crate::collect::sdk::shape::Shape for $rust {
            fn ty() -> $crate::schema::Type {
                $crate::schema::Type::String
            }
            fn fact(&self) -> Option<$crate::fact::Fact> {
                Some($crate::fact::Fact::string(self.as_str()))
            }
        }
    )*};
}

pub(crate) use shape;
pub(crate) use text;
