//! What is going on: a bar on a terminal, a line a call with `-v`, else nothing.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::collect::Event;

/// Shows the events of a run on standard error.
pub struct Progress {
    bar: Option<ProgressBar>,
    verbose: bool,
    resources: AtomicU64,
}

impl Progress {
    /// A bar if standard error is a terminal.
    pub fn new(verbose: bool) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            let template = "{spinner} {pos}/{len} calls [{bar:24}] {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar
        });
        Self {
            bar,
            verbose,
            resources: AtomicU64::new(0),
        }
    }

    /// Shows one event.
    pub fn show(&self, event: &Event) {
        match event {
            Event::Planned(more) => {
                if let Some(bar) = &self.bar {
                    bar.inc_length(u64::try_from(*more).unwrap_or(0));
                }
            }
            Event::Ended {
                operation,
                region,
                resources,
                ..
            } => {
                let more = u64::try_from(*resources).unwrap_or(0);
                let all = self.resources.fetch_add(more, Ordering::Relaxed) + more;
                if let Some(bar) = &self.bar {
                    bar.inc(1);
                    bar.set_message(format!("{all} resources, {operation} {region}"));
                }
                if self.verbose {
                    self.line(&describe(event));
                }
            }
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None => eprintln!("{text}"),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn describe(event: &Event) -> String {
    let Event::Ended {
        operation,
        region,
        resource,
        resources,
        took,
        failure,
    } = event
    else {
        return String::new();
    };
    let about = resource
        .as_ref()
        .map_or_else(String::new, |id| format!(" {}", id.escape_debug()));
    let outcome = match failure {
        Some(failure) => format!(
            "failed: {} {}",
            failure.code,
            failure.message.escape_debug()
        ),
        None if *resources > 0 => format!("{resources} resources"),
        None => "ok".to_owned(),
    };
    format!(
        "{operation} {region}{about}: {outcome} ({} ms)",
        took.as_millis()
    )
}
