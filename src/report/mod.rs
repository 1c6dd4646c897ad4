//! stub until merged
use crate::finding::Report;
use std::io::Write;
#[derive(Clone, Copy, Debug, PartialEq)] pub enum Format { Junit, Markdown, Json }
impl std::str::FromStr for Format { type Err=String; fn from_str(s:&str)->Result<Self,String>{ match s {"junit"=>Ok(Format::Junit),"markdown"=>Ok(Format::Markdown),"json"=>Ok(Format::Json),_=>Err("x".into())}}}
impl Format { pub fn name(self)->&'static str{"x"} pub fn write(self,_r:&Report,_o:&mut dyn Write)->Result<(),ReportError>{Ok(())}}
#[derive(Debug, thiserror::Error)] #[error("x")] pub struct ReportError;
pub struct Style { pub color: bool, pub width: usize }
pub fn summary(_r:&Report,_o:&mut dyn Write,_s:Style)->Result<(),ReportError>{Ok(())}
