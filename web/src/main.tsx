import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './style.css'

const place = document.getElementById('page')
if (place === null) throw new Error('the page has no element to be drawn in')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
