//! What alarms have been through. In the ready account each rang once, and told the team.

use serde_json::json;

use super::query;
use crate::account::{Account, State};
use crate::support::{Faults, Reply};

const NAMESPACE: &str = "http://monitoring.amazonaws.com/doc/2010-08-01/";
const TESTED: &str = "2026-01-08T10:00:00.000Z";

pub fn answer(faults: Faults, account: &Account) -> Faults {
    let ready = account.state == State::Ready;
    let topic = ready.then(|| account.id("topic_alerts").to_owned());
    faults.script(move |call| {
        if call.operation != "DescribeAlarmHistory" {
            return None;
        }
        let alarm = call.form("AlarmName").unwrap_or_default();
        let items = topic
            .as_deref()
            .map_or_else(String::new, |topic| tested(&alarm, topic));
        let members = format!("<AlarmHistoryItems>{items}</AlarmHistoryItems>");
        Some(Reply::Body(query(
            "DescribeAlarmHistory",
            NAMESPACE,
            &members,
        )))
    })
}

/// An alarm rang and its action ran, the newest first.
fn tested(alarm: &str, topic: &str) -> String {
    let rang = json!({
        "version": "1.0",
        "oldState": { "stateValue": "OK", "stateReason": "all is well" },
        "newState": { "stateValue": "ALARM", "stateReason": "testing" },
    });
    let action = json!({
        "actionState": "Succeeded", "notificationResource": topic,
        "stateUpdateTimestamp": 1_767_866_400_000_u64, "error": null,
    });
    let told = format!("Successfully executed action {topic}");
    [
        item(alarm, "Action", &told, &action.to_string()),
        item(
            alarm,
            "StateUpdate",
            "Alarm updated from OK to ALARM",
            &rang.to_string(),
        ),
    ]
    .concat()
}

fn item(alarm: &str, kind: &str, summary: &str, data: &str) -> String {
    let data = quick_xml::escape::escape(data);
    format!(
        "<member><AlarmName>{alarm}</AlarmName><AlarmType>MetricAlarm</AlarmType>\
         <Timestamp>{TESTED}</Timestamp><HistoryItemType>{kind}</HistoryItemType>\
         <HistorySummary>{summary}</HistorySummary><HistoryData>{data}</HistoryData></member>"
    )
}
