//! From amounts to places in a drawing.

/// The axis of amounts: from where to where, and where lines are drawn.
pub(super) struct Scale {
    low: f64,
    high: f64,
    /// The amounts with a line.
    pub(super) ticks: Vec<f64>,
}

/// Lines wished for.
const LINES: f64 = 5.0;

impl Scale {
    /// A scale that holds nothing and all of these amounts.
    pub(super) fn over(amounts: impl IntoIterator<Item = f64>) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for amount in amounts {
            low = low.min(amount);
            high = high.max(amount);
        }
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let step = nice(span / LINES);
        let (first, last) = ((low / step).floor(), (high / step).ceil().max(1.0));
        let mut ticks = Vec::new();
        let mut tick = first;
        while tick <= last {
            ticks.push(tick * step);
            tick += 1.0;
        }
        Self {
            low: first * step,
            high: last * step,
            ticks,
        }
    }

    /// How far down an amount is, in a drawing of this height.
    pub(super) fn y(&self, amount: f64, height: f64) -> f64 {
        (self.high - amount) / (self.high - self.low) * height
    }
}

/// The next larger of 1, 2, 5 times a power of ten.
fn nice(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let of_power = step / power;
    let nice = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|nice| of_power <= *nice + 1e-9);
    nice.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_nothing_and_all_amounts() {
        let scale = Scale::over([3.2, 17.0, -4.0]);
        assert_eq!(scale.ticks, [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0]);
        assert!((scale.y(20.0, 100.0)).abs() < 1e-9);
        assert!((scale.y(-5.0, 100.0) - 100.0).abs() < 1e-9);
        let flat = Scale::over([0.0, 0.0]);
        assert!(flat.y(0.0, 100.0).is_finite() && flat.ticks.len() < 10);
        let tiny = Scale::over([0.000_001]);
        assert!(tiny.y(0.000_001, 100.0) < 50.0);
    }
}
